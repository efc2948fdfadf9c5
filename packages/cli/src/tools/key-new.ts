import { generateKeyPairSync } from 'node:crypto'
import { rmSync } from 'node:fs'

import { ConfigError } from '@llpay/core'
import { parsePublicKey } from '@llpay/core/keys'

import type { Command } from '../commands/command.ts'
import { writeNewFile } from '../config/write-file.ts'
import { EXIT } from '../exit-code.ts'
import { fingerprint } from '../keys/fingerprint.ts'

const SIZES = ['1024', '2048', '4096']

function parseBits(text: string): number {
  if (SIZES.includes(text)) return Number(text)
  throw new ConfigError('ERR_CONFIG_INVALID', `--bits takes one of ${SIZES.join(', ')}.`)
}

/** `llpay key new`: a pair of keys for a merchant. */
export const keyNew: Command = {
  args: [{ name: 'FILE', summary: 'Where the private key goes; the public one goes to FILE.pub' }],
  flags: [
    { name: 'bits', value: 'N', summary: `${SIZES.join(', ')}; 2048 unless told`, choices: SIZES },
  ],
  notes: ['The private key is readable by its owner alone. No file is overwritten.'],
  async run({ flags, output }) {
    const [file = ''] = flags.args
    const modulusLength = parseBits(flags.value('bits') ?? '2048')
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    const publicFile = `${file}.pub`
    writeNewFile(publicFile, publicKey, { isSecret: false })
    try {
      writeNewFile(file, privateKey, { isSecret: true })
    } catch (error) {
      rmSync(publicFile)
      throw error
    }
    const key = parsePublicKey(publicKey)
    const upload = Buffer.from(key.spki).toString('base64')
    if (output.json) {
      output.object({
        ok: true,
        privateKeyFile: file,
        publicKeyFile: publicFile,
        bits: key.bits,
        fingerprint: fingerprint(key),
        upload,
      })
      return EXIT.done
    }
    output.line(upload)
    output.tell(
      'good',
      'next',
      "Upload the line above, your public key, in LianLian's merchant console. Keep the private key where only your servers read it, and give it to llpay with --private-key. From the console take LianLian's public key, which is another one, for --gateway-key.",
    )
    return EXIT.done
  },
}
