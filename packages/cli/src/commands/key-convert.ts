import { type KeyObject, createPrivateKey, createPublicKey } from 'node:crypto'

import { KeyError } from '@llpay/core'
import { readPrivateKey, readPublicKey } from '@llpay/node'

import { readFile, STDIN, writeNewFile } from '../config/files.ts'
import { detect, isPrivate, KEY_FILE, KEY_NAME } from '../keys/any-key.ts'
import { t } from '../output/language.ts'
import type { Output } from '../output/output.ts'
import { choose } from '../program/choose.ts'
import type { Command } from '../program/command.ts'
import { errorText, usageError } from '../program/errors.ts'
import { EXIT } from '../program/exit-code.ts'

/** What a key can be written as. */
const CONTAINERS = ['pkcs8', 'pkcs1', 'spki', 'jwk'] as const

/** How a container is written; a JWK is always JSON. */
const FORMS = ['pem', 'base64', 'der'] as const

type Container = (typeof CONTAINERS)[number]

type Form = (typeof FORMS)[number]

const WRONG_KIND = {
  spki: errorText(
    'key.spki-private',
    t('spki is for public keys.', 'spki 只用于公钥。'),
    t('Add --public to take the public half of a private key.', '加 --public 取私钥对应的公钥。'),
  ),
  pkcs8: errorText(
    'key.pkcs8-public',
    t('pkcs8 is for private keys, and this is a public one.', 'pkcs8 只用于私钥，而这是公钥。'),
    t('Use --to spki, pkcs1 or jwk.', '改用 --to spki、pkcs1 或 jwk。'),
  ),
} as const

/** Which container belongs to one kind of key alone. */
const BELONGS: Readonly<Record<string, string>> = { spki: 'public', pkcs8: 'private' }

/**
 * Writes a key in a container and a form.
 *
 * @throws {KeyError} `ERR_KEY_WRONG_KIND` where the container is not for this kind of key.
 */
function exportKey(handle: KeyObject, container: Container, form: Form): string | Buffer {
  if ((BELONGS[container] ?? handle.type) !== handle.type) {
    throw new KeyError(
      'ERR_KEY_WRONG_KIND',
      container === 'spki' ? WRONG_KIND.spki : WRONG_KIND.pkcs8,
    )
  }
  if (container === 'jwk') return `${JSON.stringify(handle.export({ format: 'jwk' }))}\n`
  if (form === 'pem') return handle.export({ type: container, format: 'pem' }).toString()
  const der = Buffer.from(handle.export({ type: container, format: 'der' }))
  return form === 'der' ? der : `${der.toString('base64')}\n`
}

const toPublic = (spki: Uint8Array) =>
  createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })

function open(bytes: Uint8Array, wantsPublic: boolean, passphrase: string | undefined): KeyObject {
  if (!isPrivate(detect(bytes))) return toPublic(readPublicKey(bytes).spki)
  const key = readPrivateKey(bytes, { passphrase })
  if (wantsPublic) return toPublic(key.publicKey.spki)
  return createPrivateKey({ key: Buffer.from(key.pkcs8), format: 'der', type: 'pkcs8' })
}

const OUT = t('Give --out FILE', '请给出 --out FILE')

/** Prints what may be printed: never a private key where a person or a log would keep it. */
function printKey(
  content: string | Buffer,
  facts: { readonly container: Container; readonly form: Form; readonly isSecret: boolean },
  output: Output,
): void {
  const { isSecret, container, form } = facts
  if (isSecret && (output.isTerminal || output.json)) {
    throw usageError(
      'key.private-shown',
      t('A private key is not shown on a terminal or in JSON.', '私钥不会显示在终端或 JSON 中。'),
      t(`${OUT.en}, or redirect the output to a file.`, `${OUT.zh}，或把输出重定向到文件。`),
    )
  }
  if (typeof content !== 'string') {
    throw usageError(
      'key.der-shown',
      t('DER is not text.', 'DER 不是文本。'),
      t(`${OUT.en}.`, `${OUT.zh}。`),
    )
  }
  if (output.json) output.object({ ok: true, container, form, key: content.trimEnd() })
  else output.line(content.trimEnd())
}

/** `llpay key convert`: the same key in another form. */
export const keyConvert: Command = {
  args: [{ name: 'FILE', summary: KEY_FILE }],
  flags: [
    {
      name: 'to',
      value: 'CONTAINER',
      summary: t(
        `Container: ${CONTAINERS.join(', ')} (default: pkcs8 for private keys, spki for public ones)`,
        `容器：${CONTAINERS.join('、')}（默认：私钥 pkcs8，公钥 spki）`,
      ),
      choices: CONTAINERS,
    },
    {
      name: 'as',
      value: 'FORM',
      summary: t(
        `How it is written: ${FORMS.join(', ')} (default: pem)`,
        `写法：${FORMS.join('、')}（默认：pem）`,
      ),
      choices: FORMS,
    },
    { name: 'public', summary: t('Take the public half of a private key', '取私钥对应的公钥') },
    {
      name: 'out',
      value: 'FILE',
      summary: t(
        'Write to this new file, readable by its owner only if it is private (default: stdout)',
        '写入这个新文件，私钥仅所有者可读（默认：标准输出）',
      ),
    },
  ],
  notes: [
    t(
      'LLPAY_PRIVATE_KEY_PASSPHRASE opens an encrypted key.',
      '带口令的密钥用 LLPAY_PRIVATE_KEY_PASSPHRASE 打开。',
    ),
  ],
  examples: [
    [
      t('Print the public key to upload to LianLian', '输出要上传给连连支付的公钥'),
      'llpay key convert merchant.pem --public --as base64',
    ],
    [
      t('Rewrite a key as PKCS#8 in PEM', '改写为 PEM 格式的 PKCS#8'),
      'llpay key convert old.key --out merchant.pem',
    ],
  ],
  async run({ flags, env, output }) {
    const bytes = readFile(flags.args[0] ?? '-', KEY_NAME)
    const handle = open(bytes, flags.has('public'), env['LLPAY_PRIVATE_KEY_PASSPHRASE'])
    const isSecret = handle.type === 'private'
    const usual = isSecret ? 'pkcs8' : 'spki'
    const reason = 'key.format-flag'
    const to = { name: '--to', choices: CONTAINERS, reason }
    const container = choose(flags.value('to') ?? usual, to)
    const form = choose(flags.value('as') ?? 'pem', { name: '--as', choices: FORMS, reason })
    const content = exportKey(handle, container, form)
    const out = flags.value('out')
    if (out === undefined || out === STDIN) {
      printKey(content, { container, form, isSecret }, output)
      return EXIT.done
    }
    writeNewFile(out, content, { isSecret, name: '--out' })
    const written = container === 'jwk' ? 'JSON' : form
    if (output.json) output.object({ ok: true, file: out, container, form })
    else {
      output.tell(
        'good',
        t('written', '已写入'),
        t(`${out}: ${container} as ${written}`, `${out}：${container}，${written}`),
      )
    }
    return EXIT.done
  },
}
