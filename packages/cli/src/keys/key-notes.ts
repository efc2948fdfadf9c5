import { X509Certificate } from 'node:crypto'

import type { DetectedKey } from '@llpay/core/keys'

import { t, type Phrase } from '../output/language.ts'

/** What each container is called. */
export const CONTAINER_NAMES: Readonly<Record<DetectedKey['container'], string>> = {
  'pkcs1-private': 'PKCS#1',
  'pkcs1-public': 'PKCS#1',
  'encrypted-pkcs1': 'PKCS#1, encrypted',
  pkcs8: 'PKCS#8',
  'encrypted-pkcs8': 'PKCS#8, encrypted',
  spki: 'SubjectPublicKeyInfo',
  certificate: 'X.509',
  'ec-private': 'EC',
  'jwk-private': 'JWK',
  'jwk-public': 'JWK',
  unknown: 'unknown',
}

/** The label that PEM has for each container. */
const LABELS: Partial<Readonly<Record<DetectedKey['container'], string>>> = {
  'pkcs1-private': 'RSA PRIVATE KEY',
  'pkcs1-public': 'RSA PUBLIC KEY',
  'encrypted-pkcs1': 'RSA PRIVATE KEY',
  pkcs8: 'PRIVATE KEY',
  'encrypted-pkcs8': 'ENCRYPTED PRIVATE KEY',
  spki: 'PUBLIC KEY',
  certificate: 'CERTIFICATE',
}

/** What is odd about a key's file, and what to do about it. */
export interface KeyNote {
  readonly text: Phrase
  readonly fix: Phrase
  /** Whether a key in a variable has to be, or may be, written that way. */
  readonly isFineInVariable?: boolean
}

const CONVERT = t('llpay key convert FILE rewrites it.', '用 llpay key convert FILE 改写。')

const note = (en: string, zh: string, isFineInVariable = false): KeyNote => ({
  text: t(en, zh),
  fix: CONVERT,
  isFineInVariable,
})

const ODDITIES: readonly (readonly [RegExp, KeyNote])[] = [
  [
    /^\uFEFF/,
    note(
      'It begins with a byte order mark, which some programs cannot read.',
      '文件以 BOM 开头，有的程序无法读取。',
    ),
  ],
  [
    /\r\n/,
    note(
      'It has Windows line ends; some programs cannot read them.',
      '文件使用 Windows 换行，有的程序无法读取。',
    ),
  ],
  [
    /\r(?!\n)/,
    note(
      'Its lines end in a carriage return alone; most programs cannot read that.',
      '各行只以回车符结尾，多数程序无法读取。',
    ),
  ],
  [
    /\\n/,
    note(
      String.raw`Its line ends are written as \n, as environment files have them.`,
      String.raw`换行写成了 \n，这是环境文件的写法。`,
      true,
    ),
  ],
  [/^\s*["']/, note('It is in quotes.', '内容带引号。')],
  [
    /-----BEGIN [A-Z0-9 ]+-----[ \t]*[A-Za-z0-9+/=]/,
    note(
      'Its header and its base64 are on one line; most programs cannot read that.',
      '头部与 base64 在同一行，多数程序无法读取。',
      true,
    ),
  ],
  [
    /^[ \t]+-----BEGIN /m,
    note(
      'Its lines are indented; most programs cannot read that.',
      '各行有缩进，多数程序无法读取。',
    ),
  ],
]

const labelsOf = (text: string) =>
  Array.from(text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g), ([, label = '']) => label)

const isPemInBase64 = (text: string) =>
  labelsOf(text).length === 0 && labelsOf(Buffer.from(text, 'base64').toString('latin1')).length > 0

function noteLabel(text: string, { container }: DetectedKey): KeyNote[] {
  const labels = labelsOf(text)
  const [label] = labels
  // Of several blocks the one that fits is taken.
  if (labels.length > 1) return []
  const right = LABELS[container]
  if (label === undefined || right === undefined || label === right) return []
  return [
    note(
      `Its header says ${label}, but its content belongs under ${right}; programs that go by the header refuse it.`,
      `头部写的是 ${label}，内容却是 ${right}；按头部判断的程序会拒绝。`,
    ),
  ]
}

function noteBare(text: string, { container }: DetectedKey): KeyNote[] {
  if (labelsOf(text).length > 0 || container.startsWith('jwk')) return []
  if (isPemInBase64(text)) {
    return [
      note(
        'It is PEM in base64 once more, as Kubernetes stores secrets.',
        '它是再次 base64 编码的 PEM，Kubernetes 的 secret 即如此存放。',
      ),
    ]
  }
  const name = CONTAINER_NAMES[container]
  const isMistaken = container.startsWith('pkcs1')
  return [
    note(
      `It has no header: ${name} as bare base64${isMistaken ? ', which many programs take for another form' : ''}.`,
      `没有头部：${name} 的单行 base64${isMistaken ? '，许多程序会误认格式' : ''}。`,
      true,
    ),
  ]
}

const day = (date: Date) => date.toISOString().slice(0, 10)

const VALID = t(
  'llpay uses its key all the same; get the certificate that is valid now.',
  'llpay 仍会使用其中的公钥；请换成当前有效的证书。',
)

function noteDates({ container, der }: DetectedKey, now: Date): KeyNote[] {
  if (container !== 'certificate') return []
  const { validFrom, validTo } = new X509Certificate(der)
  const [from, to] = [new Date(validFrom), new Date(validTo)]
  if (to < now) {
    const text = t(`The certificate expired on ${day(to)}.`, `证书已于 ${day(to)} 过期。`)
    return [{ text, fix: VALID }]
  }
  if (from <= now) return []
  const text = t(
    `The certificate is valid from ${day(from)} only.`,
    `证书自 ${day(from)} 起才有效。`,
  )
  return [{ text, fix: VALID }]
}

/** What is odd about a key that can be read, and what to do about it. */
export function noteKey(text: string | undefined, detected: DetectedKey, now: Date): KeyNote[] {
  const dates = noteDates(detected, now)
  if (text === undefined) return dates
  return [
    ...dates,
    ...ODDITIES.filter(([pattern]) => pattern.test(text)).map(([, odd]) => odd),
    ...noteLabel(text, detected),
    ...noteBare(text, detected),
  ]
}
