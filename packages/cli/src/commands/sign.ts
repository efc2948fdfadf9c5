import { ConfigError } from '@llpay/core'
import { signMembers } from '@llpay/core/adapter'
import {
  knownNames,
  lintMessage,
  readReceived,
  traceCanonical,
  visible,
  type ReceivedMessage,
} from '@llpay/core/diagnose'
import { createSigner, readPrivateKey } from '@llpay/node'

import { readFile } from '../config/files.ts'
import { gatherSettings } from '../config/settings.ts'
import { readPrivateSource, refuseStdinTwice, type Source } from '../config/sources.ts'
import { decompress, digest } from '../messages/diagnose-ports.ts'
import { canonicalRows, MESSAGE, MESSAGE_FILE } from '../messages/verify-report.ts'
import { t } from '../output/language.ts'
import type { Command, Invocation } from '../program/command.ts'
import { errorText, invalidError } from '../program/errors.ts'
import { EXIT } from '../program/exit-code.ts'
import { PROFILE_FLAG } from '../program/flags.ts'

function keySource({ flags, env }: Invocation): Source {
  const { privateKey } = gatherSettings(flags, env)
  if (privateKey !== undefined) return privateKey
  throw new ConfigError(
    'ERR_CONFIG_MISSING',
    errorText(
      'sign.no-key',
      t('The private key is missing.', '缺少私钥。'),
      t(
        'Give --private-key FILE, or set LLPAY_PRIVATE_KEY or LLPAY_PRIVATE_KEY_FILE.',
        '给出 --private-key FILE，或设置 LLPAY_PRIVATE_KEY 或 LLPAY_PRIVATE_KEY_FILE。',
      ),
    ),
  )
}

function membersOf({ members, charset }: ReceivedMessage): Record<string, string> {
  const other = members.find(({ kind }) => kind !== 'string' && kind !== 'null')
  if (other !== undefined) {
    const name = visible(other.name)
    throw invalidError(
      'sign.not-text',
      t(
        `${name} is not text, and everything on the wire is.`,
        `${name} 不是字符串，而报文中的值都是字符串。`,
      ),
      t('Write numbers and JSON as JSON strings.', '数字与 JSON 请写成 JSON 字符串。'),
    )
  }
  if (charset !== 'UTF-8') {
    throw invalidError(
      'sign.not-utf8',
      t('The message is not UTF-8.', '报文不是 UTF-8。'),
      t('Write it in UTF-8.', '请用 UTF-8 保存。'),
    )
  }
  const kept = members.filter(({ name, text }) => name !== 'sign' && text !== null)
  return Object.fromEntries(kept.map(({ name, text }) => [name, text ?? '']))
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, env, output } = invocation
  const file = flags.args[0] ?? '-'
  const source = keySource(invocation)
  refuseStdinTwice([{ name: 'FILE', file }, source])
  const key = readPrivateKey(readPrivateSource(source), {
    passphrase: env['LLPAY_PRIVATE_KEY_PASSPHRASE'],
  })
  const received = await readReceived(readFile(file, MESSAGE), decompress)
  const members = membersOf(received)
  const signer = await createSigner(key, 'MD5withRSA')
  const { canonical, sign } = await signMembers(members, signer)
  const message = { ...members, sign }
  const notes = [...received.wrappers, ...lintMessage(received, knownNames())]
  if (output.json) {
    output.object({ ok: true, canonical, sign, message, notes: notes.map(({ en }) => en) })
    return EXIT.done
  }
  if (flags.has('explain')) {
    output.talkRows(canonicalRows(traceCanonical(received, [], digest)))
  }
  for (const note of notes) output.tell('careful', t('note', '提示'), note)
  output.line(JSON.stringify(message))
  return EXIT.done
}

/** `llpay sign`: signs any message as LianLian wants it. */
export const sign: Command = {
  args: [{ name: 'FILE', summary: MESSAGE_FILE, optional: true }],
  flags: [
    {
      name: 'private-key',
      value: 'FILE',
      summary: t("The merchant's private key; - is stdin", '商户私钥文件；- 为标准输入'),
    },
    PROFILE_FLAG,
    {
      name: 'explain',
      summary: t('Show each step on standard error', '在标准错误上显示每一步'),
    },
  ],
  notes: [
    t(
      'Prints the message with its sign. A signed message never expires. See llpay help signing.',
      '输出带 sign 的报文。签名后的报文永不过期。见 llpay help signing。',
    ),
  ],
  variables: ['LLPAY_PRIVATE_KEY', 'LLPAY_PRIVATE_KEY_PASSPHRASE', 'LLPAY_PROFILE'],
  examples: [
    [t('Sign a message', '为报文签名'), 'llpay sign message.json --private-key merchant.pem'],
    [
      t('Sign standard input, and show each step', '为标准输入签名，并显示每一步'),
      'llpay sign --private-key merchant.pem --explain < message.json',
    ],
  ],
  run,
}
