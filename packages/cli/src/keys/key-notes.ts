import { X509Certificate } from 'node:crypto'

import type { DetectedKey } from '@llpay/core/keys'

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

const MEND = 'llpay key convert FILE writes it anew.'

const ODDITIES: readonly (readonly [RegExp, string])[] = [
  [/^\uFEFF/, `It begins with a byte order mark, which some programs cannot read. ${MEND}`],
  [/\r\n/, `It has Windows line ends; some programs cannot read them. ${MEND}`],
  [/\r(?!\n)/, `Its lines end in a carriage return alone; most programs cannot read that. ${MEND}`],
  [/\\n/, `Its line ends are written as \\n, as environment files have them. ${MEND}`],
  [/^\s*["']/, `It stands in quotes. ${MEND}`],
  [
    /-----BEGIN [A-Z0-9 ]+-----[ \t]*[A-Za-z0-9+/=]/,
    `Its header and its base64 stand on one line; most programs cannot read that. ${MEND}`,
  ],
  [/^[ \t]+-----BEGIN /m, `Its lines are indented; most programs cannot read that. ${MEND}`],
]

const labelsOf = (text: string) =>
  Array.from(text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g), ([, label = '']) => label)

const isPemInBase64 = (text: string) =>
  labelsOf(text).length === 0 && labelsOf(Buffer.from(text, 'base64').toString('latin1')).length > 0

function noteLabel(text: string, { container }: DetectedKey): string[] {
  const labels = labelsOf(text)
  const [label] = labels
  // Of several blocks the one that fits is taken.
  if (labels.length > 1) return []
  const right = LABELS[container]
  if (label === undefined || right === undefined || label === right) return []
  return [
    `Its header says ${label}, but it holds what belongs under ${right}; programs that go by the header refuse it. ${MEND}`,
  ]
}

function noteBare(text: string, { container }: DetectedKey): string[] {
  if (labelsOf(text).length > 0 || container.startsWith('jwk')) return []
  if (isPemInBase64(text)) {
    return [`It is PEM in base64 once more, as Kubernetes stores secrets. ${MEND}`]
  }
  const mistaken = container.startsWith('pkcs1')
    ? ', which many programs take for another form'
    : ''
  return [`It has no header: ${CONTAINER_NAMES[container]} as bare base64${mistaken}. ${MEND}`]
}

const day = (date: Date) => date.toISOString().slice(0, 10)

function noteDates({ container, der }: DetectedKey, now: Date): string[] {
  if (container !== 'certificate') return []
  const { validFrom, validTo } = new X509Certificate(der)
  const [from, to] = [new Date(validFrom), new Date(validTo)]
  const next = 'llpay takes its key all the same; get the one that is valid now.'
  if (to < now) return [`The certificate ended on ${day(to)}. ${next}`]
  return from > now ? [`The certificate begins on ${day(from)} only. ${next}`] : []
}

/** How a key has to be written, or may be, where it is the value of a variable. */
const FINE_IN_VARIABLE = /as environment files have them|stand on one line|has no header/

/** What is odd about a key in a variable; what a variable needs is not. */
export const noteVariable = (notes: readonly string[]) =>
  notes.filter((note) => !FINE_IN_VARIABLE.test(note)).map((note) => note.replace(` ${MEND}`, ''))

/** What is odd about a key that can be read, and what to do about it, a sentence each. */
export function noteKey(text: string | undefined, detected: DetectedKey, now: Date): string[] {
  const dates = noteDates(detected, now)
  if (text === undefined) return dates
  return [
    ...dates,
    ...ODDITIES.filter(([pattern]) => pattern.test(text)).map(([, note]) => note),
    ...noteLabel(text, detected),
    ...noteBare(text, detected),
  ]
}
