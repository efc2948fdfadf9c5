import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

import { ConfigError } from '@llpay/core'
import { readPrivateKey, readPublicKey } from '@llpay/node'

import type { GivenFlags } from '../args/parse-flags.ts'
import type { Command } from '../commands/command.ts'
import { readFile } from '../config/read-file.ts'
import { writeNewFile } from '../config/write-file.ts'
import { EXIT } from '../exit-code.ts'
import { CONTAINERS, exportKey, FORMS } from '../keys/export-key.ts'
import { detect, isPrivate } from '../keys/read-any-key.ts'

function choose<T extends string>(
  flags: GivenFlags,
  name: string,
  choices: readonly T[],
  usual: T,
): T {
  const value = flags.value(name) ?? usual
  const chosen = choices.find((choice) => choice === value)
  if (chosen !== undefined) return chosen
  throw new ConfigError('ERR_CONFIG_INVALID', `--${name} takes one of ${choices.join(', ')}.`)
}

function open(bytes: Uint8Array, wantsPublic: boolean, passphrase: string | undefined): KeyObject {
  if (!isPrivate(detect(bytes))) return toPublic(readPublicKey(bytes).spki)
  const key = readPrivateKey(bytes, { passphrase })
  if (wantsPublic) return toPublic(key.publicKey.spki)
  return createPrivateKey({ key: Buffer.from(key.pkcs8), format: 'der', type: 'pkcs8' })
}

const toPublic = (spki: Uint8Array) =>
  createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })

/** `llpay key convert`: the same key in another form. */
export const keyConvert: Command = {
  args: [{ name: 'FILE', summary: 'The file with the key; - is standard input' }],
  flags: [
    {
      name: 'to',
      value: 'CONTAINER',
      summary: `${CONTAINERS.join(', ')}; pkcs8 for private keys and spki for public ones unless told`,
      choices: CONTAINERS,
    },
    { name: 'as', value: 'FORM', summary: `${FORMS.join(', ')}; pem unless told`, choices: FORMS },
    { name: 'public', summary: 'Take the public half of a private key' },
    {
      name: 'out',
      value: 'FILE',
      summary: 'Where it goes, readable by its owner alone if it is private; standard output else',
    },
  ],
  notes: ['LLPAY_PRIVATE_KEY_PASSPHRASE opens a key that is encrypted.'],
  async run({ flags, env, output }) {
    const bytes = readFile(flags.args[0] ?? '-', 'The key')
    const handle = open(bytes, flags.has('public'), env['LLPAY_PRIVATE_KEY_PASSPHRASE'])
    const isSecret = handle.type === 'private'
    const container = choose(flags, 'to', CONTAINERS, isSecret ? 'pkcs8' : 'spki')
    const form = choose(flags, 'as', FORMS, 'pem')
    const content = exportKey(handle, container, form)
    const out = flags.value('out')
    if (out !== undefined) {
      writeNewFile(out, content, { isSecret })
      if (output.json) output.object({ ok: true, file: out, container, form })
      else output.tell('good', 'written', `${container} as ${container === 'jwk' ? 'JSON' : form}`)
      return EXIT.done
    }
    if (isSecret && (output.isTerminal || output.json)) {
      throw new ConfigError(
        'ERR_CONFIG_USAGE',
        'A private key is not shown on a terminal or in JSON. Give --out FILE, or send the output to a file.',
      )
    }
    if (typeof content !== 'string') {
      throw new ConfigError('ERR_CONFIG_USAGE', 'DER is not text. Give --out FILE.')
    }
    if (output.json) output.object({ ok: true, container, form, key: content.trimEnd() })
    else output.line(content.trimEnd())
    return EXIT.done
  },
}
