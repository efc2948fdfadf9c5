import { findNearest } from '../args/nearest.ts'
import { visible } from '../output/visible.ts'
import { knownNames } from './known-names.ts'
import type { Piece, ReadMessage } from './read-message.ts'

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

function lintName({ name }: Piece, known: readonly string[]): string[] {
  if (name !== name.trim()) {
    return [
      `The name of ${visible(name)} has blanks at its ends: LianLian knows it as ${visible(name.trim())}. Remove them where the name is written.`,
    ]
  }
  if (!PLAIN_NAME.test(name)) {
    return [`The name ${visible(name)} is not made of letters, digits and underscores.`]
  }
  if (known.includes(name)) return []
  const nearest = findNearest(name, known)
  return nearest === undefined
    ? []
    : [`LianLian ignores members that it does not know: did you mean ${nearest} by ${name}?`]
}

/** What is said of a sign_type that is not RSA. */
const SIGN_TYPES: readonly (readonly [RegExp, string])[] = [
  [/^\s*rsa\s*$/i, 'sign_type is not written RSA, three capital letters and nothing else.'],
  [
    /md5$/i,
    'sign_type MD5 stands for a digest with a shared key, which llpay does not make or take: use RSA, which stands for MD5withRSA.',
  ],
  [
    /sha|rsa2|256/i,
    'sign_type names SHA-256: this API is signed with MD5withRSA, which sign_type RSA stands for.',
  ],
  [
    /^/,
    'sign_type is not RSA, which stands for MD5withRSA: that is what this signature has to be.',
  ],
]

function lintSignType(pieces: readonly Piece[]): string[] {
  const piece = pieces.find(({ name }) => name.trim() === 'sign_type')
  const text = piece?.text ?? ''
  if (text === '') return ['sign_type is missing: send it, and sign it with the rest.']
  if (text === 'RSA') return []
  return SIGN_TYPES.filter(([pattern]) => pattern.test(text))
    .map(([, says]) => says)
    .slice(0, 1)
}

function lintNested(pieces: readonly Piece[], unsigned: readonly string[]): string[] {
  return pieces
    .filter(({ kind }) => kind === 'object' || kind === 'array')
    .filter(({ name }) => !unsigned.includes(name))
    .map(
      ({ name }) =>
        `${visible(name)} holds an object or a list where only text can be signed: write its JSON once, and send that as a string.`,
    )
}

const lintCharset = ({ charset }: ReadMessage) =>
  charset === 'UTF-8'
    ? []
    : [
        `The bytes of the message are ${charset}, not UTF-8: LianLian reads UTF-8. Write it in UTF-8.`,
      ]

/** Why a message is refused whatever its signature is. */
export function listRefusals(read: ReadMessage, unsigned: readonly string[]): string[] {
  const { pieces } = read
  const isNamed = pieces.some(({ name, text }) => name === 'sign_type' && (text ?? '') !== '')
  return [
    ...lintCharset(read),
    ...lintNested(pieces, unsigned),
    ...(isNamed ? lintSignType(pieces) : []),
  ]
}

/** Says what is odd about a message, apart from its signature. */
export function lintMessage(read: ReadMessage): string[] {
  const { pieces } = read
  const known = knownNames()
  const spaced = pieces.filter(({ text }) => text !== null && text !== text.trim())
  const blanks = spaced.map(
    ({ name }) =>
      `The value of ${visible(name)} has blanks at its ends; they are signed as they are.`,
  )
  return [
    ...lintCharset(read),
    ...pieces.flatMap((piece) => lintName(piece, known)),
    ...lintSignType(pieces),
    ...blanks,
  ]
}
