import { findNearest, visible } from '../text.ts'
import { cause, type Cause, causeOf } from './cause.ts'
import type { ReceivedMember, ReceivedMessage } from './received.ts'

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

function lintName({ name }: ReceivedMember, known: readonly string[]): Cause[] {
  const shown = visible(name)
  if (name !== name.trim()) {
    const plain = visible(name.trim())
    return [
      cause(
        'name.blanks',
        `The name of ${shown} has spaces at its ends: LianLian expects ${plain}. Remove them where the name is written.`,
        `字段名 ${shown} 首尾有空白：正确的名称是 ${plain}。请在书写字段名的地方去掉。`,
      ),
    ]
  }
  if (!PLAIN_NAME.test(name)) {
    return [
      cause(
        'name.characters',
        `The name ${shown} is not made of letters, digits and underscores.`,
        `字段名 ${shown} 含有字母、数字、下划线以外的字符。`,
      ),
    ]
  }
  if (known.includes(name)) return []
  const nearest = findNearest(name, known)
  return nearest === undefined
    ? []
    : [
        cause(
          'name.unknown',
          `LianLian ignores members that it does not know: did you mean ${nearest} instead of ${name}?`,
          `连连支付会忽略不认识的字段：${name} 是否应为 ${nearest}？`,
        ),
      ]
}

/** Notes about a sign_type other than RSA. */
const SIGN_TYPES: readonly (readonly [RegExp, Cause])[] = [
  [
    /^[\s\p{C}]*rsa[\s\p{C}]*$/iu,
    cause(
      'sign-type.spelling',
      'sign_type is not written RSA, three capital letters and nothing else.',
      'sign_type 应写成 RSA：三个大写字母，不多不少。',
    ),
  ],
  [
    /md5$/i,
    cause(
      'sign-type.md5',
      'sign_type MD5 means a digest with a shared key, which llpay does not support: use RSA, which means MD5withRSA.',
      'sign_type MD5 表示用共享密钥做摘要，llpay 不支持：请使用 RSA（即 MD5withRSA）。',
    ),
  ],
  [
    /sha|rsa2|256/i,
    cause(
      'sign-type.sha256',
      'sign_type names SHA-256: this API uses MD5withRSA, which is sign_type RSA.',
      'sign_type 指的是 SHA-256：该接口用 MD5withRSA 签名，sign_type 应为 RSA。',
    ),
  ],
  [
    /^/,
    cause(
      'sign-type.other',
      'sign_type is not RSA: this signature has to be MD5withRSA, which is sign_type RSA.',
      'sign_type 不是 RSA（即 MD5withRSA）：该签名必须是 MD5withRSA。',
    ),
  ],
]

function lintSignType(members: readonly ReceivedMember[]): Cause[] {
  const member = members.find(({ name }) => name.trim() === 'sign_type')
  const text = member?.text ?? ''
  if (text === '') {
    return [
      cause(
        'sign-type.missing',
        'sign_type is missing: send it, and sign it with the rest.',
        '缺少 sign_type：应发送它，并让它参与签名。',
      ),
    ]
  }
  if (text === 'RSA') return []
  return SIGN_TYPES.filter(([pattern]) => pattern.test(text))
    .map(([, why]) => why)
    .slice(0, 1)
}

function lintNested(members: readonly ReceivedMember[], unsigned: readonly string[]): Cause[] {
  return members
    .filter(({ kind }) => kind === 'object' || kind === 'array')
    .filter(({ name }) => !unsigned.includes(name))
    .map(({ name }) =>
      causeOf(
        name,
        cause(
          'members.nested',
          'holds an object or a list where only text can be signed: write its JSON once, and send that as a string.',
          '的值是对象或列表，只有文本才能签名：先序列化成 JSON 文本，再以字符串发送。',
        ),
      ),
    )
}

const lintCharset = ({ charset }: ReceivedMessage): Cause[] =>
  charset === 'UTF-8'
    ? []
    : [
        cause(
          'message.charset',
          `The bytes of the message are ${charset}, not UTF-8: LianLian expects UTF-8. Encode it as UTF-8.`,
          `报文的字节是 ${charset} 而不是 UTF-8：连连支付按 UTF-8 读取。请用 UTF-8 编码。`,
        ),
      ]

/** Why a message is refused, whatever its signature. */
export function listRefusals(message: ReceivedMessage, unsigned: readonly string[]): Cause[] {
  const { members } = message
  const isNamed = members.some(({ name, text }) => name === 'sign_type' && (text ?? '') !== '')
  return [
    ...lintCharset(message),
    ...lintNested(members, unsigned),
    ...(isNamed ? lintSignType(members) : []),
  ]
}

const BLANKS_AT_ENDS = cause(
  'value.blanks-at-ends',
  'has blanks at its ends; they are signed as they are.',
  '的值首尾有空白；它们会原样参与签名。',
)

const MOST_NOTES = 20

/**
 * Lists what is unusual about a message, apart from its signature: names with spaces, names that LianLian
 * does not know, another `sign_type`, another charset.
 *
 * @param known - The names that LianLian knows; `knownNames()` has those of the catalogue.
 */
export function lintMessage(message: ReceivedMessage, known: readonly string[]): Cause[] {
  const { members } = message
  const spaced = members.filter(
    ({ name, text }) => name !== 'sign' && text !== null && text !== text.trim(),
  )
  return [
    ...lintCharset(message),
    ...members.flatMap((member) => lintName(member, known)).slice(0, MOST_NOTES),
    ...lintSignType(members),
    ...spaced.slice(0, MOST_NOTES).map(({ name }) => {
      const { key, en, zh } = causeOf(name, BLANKS_AT_ENDS)
      return cause(key, `The value of ${en}`, zh)
    }),
  ]
}
