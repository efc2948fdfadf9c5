import { generateKeyPairSync } from 'node:crypto'
import { rmSync } from 'node:fs'

import { parsePublicKey } from '@llpay/core/keys'

import { STDIN, writeNewFile } from '../config/files.ts'
import { fingerprint } from '../keys/any-key.ts'
import { t } from '../output/language.ts'
import { choose } from '../program/choose.ts'
import type { Command } from '../program/command.ts'
import { usageError } from '../program/errors.ts'
import { EXIT } from '../program/exit-code.ts'

const SIZES = ['1024', '2048', '4096']

/** What was written. */
export interface NewPair {
  readonly privateKeyFile: string
  readonly publicKeyFile: string
  readonly bits: number
  readonly fingerprint: string
  /** The public key as the merchant console takes it. */
  readonly upload: string
}

/**
 * Generates a key pair in two new files.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` where a file exists, or cannot be written.
 */
export function writeKeyPair(file: string, modulusLength: number): NewPair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const publicKeyFile = `${file}.pub`
  writeNewFile(publicKeyFile, publicKey, { isSecret: false, name: publicKeyFile })
  try {
    writeNewFile(file, privateKey, { isSecret: true, name: file })
  } catch (error) {
    rmSync(publicKeyFile)
    throw error
  }
  const key = parsePublicKey(publicKey)
  return {
    privateKeyFile: file,
    publicKeyFile,
    bits: key.bits,
    fingerprint: fingerprint(key),
    upload: Buffer.from(key.spki).toString('base64'),
  }
}

/** `llpay key new`: a key pair for a merchant. */
export const keyNew: Command = {
  args: [
    {
      name: 'FILE',
      summary: t(
        'Where the private key goes; the public key goes to FILE.pub',
        '私钥写入的文件；公钥写入 FILE.pub',
      ),
    },
  ],
  flags: [
    {
      name: 'bits',
      value: 'N',
      summary: t(
        `Size of the key: ${SIZES.join(', ')} (default: 2048)`,
        `密钥长度：${SIZES.join('、')}（默认：2048）`,
      ),
      choices: SIZES,
    },
  ],
  notes: [
    t(
      'The private key is readable by its owner only. No file is overwritten.',
      '私钥文件只有所有者可读。不会覆盖任何文件。',
    ),
  ],
  examples: [
    [t('Generate a key pair', '生成密钥对'), 'llpay key new merchant.pem'],
    [
      t('Keep only the line to upload', '只保留要上传的那一行'),
      'llpay key new merchant.pem > upload.txt',
    ],
  ],
  async run({ flags, output }) {
    const [file = ''] = flags.args
    if (file === STDIN) {
      throw usageError(
        'key.new-to-stdout',
        t('A new private key is written to a file only.', '新私钥只能写入文件。'),
        t('Name the file, such as merchant.pem.', '请给出文件名，如 merchant.pem。'),
      )
    }
    const bits = flags.value('bits') ?? '2048'
    const size = choose(bits, { name: '--bits', choices: SIZES, reason: 'key.bits-flag' })
    const pair = writeKeyPair(file, Number(size))
    if (output.json) {
      output.object({ ok: true, ...pair })
      return EXIT.done
    }
    output.line(pair.upload)
    output.tell('good', t('private key', '私钥'), pair.privateKeyFile)
    output.tell('good', t('public key', '公钥'), pair.publicKeyFile)
    output.tell(
      'good',
      t('next', '下一步'),
      t(
        "Upload the line above, your public key, in LianLian's merchant console. Keep the private key where only your servers can read it, and pass it to llpay with --private-key. Copy LianLian's own public key from the console for --gateway-key.",
        '把上面这一行（你的公钥）上传到连连支付商户站。私钥只放在你的服务器能读取的地方，用 --private-key 传给 llpay。再从商户站复制连连支付公钥，用于 --gateway-key。',
      ),
    )
    return EXIT.done
  },
}
