import { decodeBase64 } from '../encoding.ts'
import { invisibleCharacters, nameCharacter, visible } from '../text.ts'
import { fromHex, latin1Text } from './bytes.ts'
import { cause, type Cause } from './cause.ts'
import type { ReceivedMessage } from './received.ts'

/** A signature as bytes, and what is wrong with how it is written. */
export interface ReadSign {
  readonly signature: Uint8Array | undefined
  readonly wrong: Cause | undefined
  /** Whether the message has no signature at all. */
  readonly isAbsent?: boolean
}

type Decode = (text: string) => Uint8Array | undefined

const base64: Decode = (text) => decodeBase64(text)

const pad = (text: string) => {
  const bare = text.replaceAll('=', '')
  return bare.padEnd(Math.ceil(bare.length / 4) * 4, '=')
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

const decodeHex: Decode = (text) => {
  const digits = text.replaceAll(/[:\s]/g, '')
  return /^(?:[0-9a-f]{2}){64,}$/i.test(digits) ? fromHex(digits) : undefined
}

const decodeTwice: Decode = (text) => {
  const once = base64(text)
  return once === undefined ? undefined : base64(latin1Text(once))
}

/** Mistakes in writing a signature, each with its cause. */
const MISWRITTEN: readonly (readonly [Cause, Decode])[] = [
  [
    cause(
      'sign.hexadecimal',
      'sign is written in hexadecimal: write the signature in base64.',
      'sign 是十六进制写法：签名应写成 base64。',
    ),
    decodeHex,
  ],
  [
    cause(
      'sign.base64-twice',
      'sign was written in base64 twice: write it once.',
      'sign 做了两次 base64 编码：只编码一次。',
    ),
    decodeTwice,
  ],
]

/** The same for what is not base64. */
const NOT_BASE64: readonly (readonly [Cause, Decode])[] = [
  [
    cause(
      'sign.form-decoded',
      'sign has blanks where base64 has +: it was decoded as a form. Send it in JSON, unencoded.',
      'sign 中本应是 + 的地方成了空格：它被当作表单解码了。应放在 JSON 里发送，不做编码。',
    ),
    (text) => base64(text.replaceAll(' ', '+')),
  ],
  [
    cause(
      'sign.blanks',
      'sign has blanks or line ends in it: remove them.',
      'sign 里有空格或换行：去掉它们。',
    ),
    (text) => base64(text.replaceAll(/[ \t\r\n]/g, '')),
  ],
  [
    cause(
      'sign.escaped-line-ends',
      'sign has line ends in it that are written as \\n: remove them.',
      'sign 里有写成 \\n 的换行：去掉它们。',
    ),
    (text) => base64(text.replaceAll(/\\[rn]/g, '')),
  ],
  [
    cause(
      'sign.escaped-slashes',
      'sign has backslashes before its slashes: write JSON once.',
      'sign 的斜杠前多了反斜杠：JSON 只序列化一次。',
    ),
    (text) => base64(text.replaceAll('\\/', '/')),
  ],
  [
    cause(
      'sign.quoted',
      'sign has an extra pair of quotes: serialize JSON once.',
      'sign 外面多了一层引号：JSON 只序列化一次。',
    ),
    (text) => base64(text.replaceAll(/^["']|["']$/g, '')),
  ],
  [
    cause(
      'sign.named',
      'sign begins with its own name: send the base64 alone.',
      'sign 的值以字段名开头：只发送 base64 本身。',
    ),
    (text) => base64(text.replace(/^sign=/, '')),
  ],
  [
    cause(
      'sign.url-encoded',
      'sign is URL-encoded: send base64 as it is.',
      'sign 做了 URL 编码：应直接发送 base64。',
    ),
    (text) => base64(decodePercent(text)),
  ],
  [
    cause(
      'sign.padding',
      'sign lacks the = at its end: use standard base64.',
      'sign 末尾缺少 =：使用标准 base64。',
    ),
    (text) => base64(pad(text)),
  ],
  [
    cause(
      'sign.url-alphabet',
      'sign is written in the alphabet of URLs (- and _): use standard base64.',
      'sign 用的是 URL 安全的字母表（- 和 _）：使用标准 base64。',
    ),
    (text) => base64(pad(text.replaceAll('-', '+').replaceAll('_', '/'))),
  ],
]

function firstThat(
  ways: readonly (readonly [Cause, Decode])[],
  text: string,
): ReadSign | undefined {
  for (const [wrong, decode] of ways) {
    const signature = decode(text)
    if (signature !== undefined && signature.length > 0) return { signature, wrong }
  }
  return undefined
}

/** A signature with invisible characters. */
function withoutInvisible(text: string): ReadSign | undefined {
  const odd = invisibleCharacters(text)
  if (odd.length === 0) return undefined
  let plain = text
  for (const each of odd) plain = plain.replaceAll(each, '')
  const signature = base64(plain)
  if (signature === undefined || signature.length === 0) return undefined
  const names = odd.map(nameCharacter)
  return {
    signature,
    wrong: cause(
      'sign.invisible-character',
      `sign has ${names.map(({ en }) => en).join(', ')} in it: remove it.`,
      `sign 里混入了 ${names.map(({ zh }) => zh).join('、')}：去掉它。`,
    ),
  }
}

const nothing = (wrong: Cause): ReadSign => ({ signature: undefined, wrong })

const MISSING_IN_REPLY = cause(
  'sign.missing',
  'The reply is not signed: it has no sign, so there is nothing to verify. LianLian does not sign some refusals (1001, 1004, 3001, 3003).',
  '应答没有签名：没有 sign 字段，无从验签。连连支付的部分拒绝应答（1001、1004、3001、3003）不签名。',
)
const MISSING = cause(
  'sign.missing',
  'The message is not signed: it has no sign, so there is nothing to verify. Sign it, and send the signature as sign.',
  '报文没有签名：没有 sign 字段，无从验签。请先签名，并以 sign 字段发送签名。',
)

/** Names that people give the signature. */
const MISNAMED = /^\s*(?:sign|signature|sig|signed|signdata|sign_data|signvalue|sign_value)\s*$/i

/** A signature in a member with another name. */
function misnamed(members: ReceivedMessage['members']): Cause[] {
  const { name } =
    members.find((each) => MISNAMED.test(each.name) && (each.text ?? '').length > SHORTEST) ?? {}
  if (name === undefined) return []
  const shown = visible(name)
  return [
    cause(
      'sign.misnamed',
      `The message is not signed as LianLian reads it: ${shown} seems to hold the signature. Send it as sign.`,
      `按连连支付的读法，报文没有签名：签名似乎放在了 ${shown} 字段。应以 sign 字段发送。`,
    ),
  ]
}

/** Almost as many base64 characters as the smallest key makes. */
const SHORTEST = 160

/** Reads the signature of a message, even if it is written incorrectly. */
export function readSign({ members, isReply }: ReceivedMessage): ReadSign {
  const member = members.find(({ name }) => name === 'sign')
  const text = member?.text ?? ''
  if (text === '') {
    const [wrong = isReply ? MISSING_IN_REPLY : MISSING] = misnamed(members)
    return { ...nothing(wrong), isAbsent: true }
  }
  if (member?.kind !== 'string') {
    return nothing(
      cause(
        'sign.not-text',
        'sign is not text: write it as a JSON string.',
        'sign 不是文本：应写成 JSON 字符串。',
      ),
    )
  }
  if (/^[0-9a-f]{32}$/i.test(text)) {
    return nothing(
      cause(
        'sign.md5-form',
        'sign has the form of sign_type MD5: 32 hexadecimal digits, made with a shared key and not with RSA. Use sign_type RSA.',
        'sign 是 sign_type 为 MD5 时的形式：32 位十六进制，由共享密钥而非 RSA 生成。请使用 sign_type RSA。',
      ),
    )
  }
  const found = firstThat(MISWRITTEN, text)
  if (found !== undefined) return found
  const plain = base64(text.replaceAll(/[\r\n]/g, ''))
  if (plain !== undefined && plain.length > 0) return { signature: plain, wrong: undefined }
  return (
    firstThat(NOT_BASE64, text) ??
    withoutInvisible(text) ??
    nothing(
      cause(
        'sign.not-base64',
        `sign is not base64: it was cut off or altered. It has ${text.length} characters; a key of 1024 bits makes 172, one of 2048 bits 344.`,
        `sign 不是 base64：被截断或改动过。它有 ${text.length} 个字符；1024 位密钥的签名是 172 个，2048 位是 344 个。`,
      ),
    )
  )
}
