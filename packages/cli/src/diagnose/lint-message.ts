import type { Api } from '@llpay/core'
import { catalogue } from '@llpay/core/adapter'

import { findNearest } from '../args/nearest.ts'
import { visible } from '../output/visible.ts'
import type { Piece, ReadMessage } from './read-message.ts'

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

function knownNames(): string[] {
  const apis = Object.values(catalogue).flatMap((group): Api[] => Object.values(group))
  const names = apis.flatMap(({ params, reply }) => [...Object.keys(params), ...Object.keys(reply)])
  return ['oid_partner', 'sign_type', 'sign', ...names]
}

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

function lintSignType(pieces: readonly Piece[]): string[] {
  const piece = pieces.find(({ name }) => name.trim() === 'sign_type')
  if (piece === undefined) return ['sign_type is missing: send it, and sign it with the rest.']
  return piece.text === 'RSA'
    ? []
    : [`sign_type is not RSA, which stands for MD5withRSA: that is what this signature has to be.`]
}

/** Says what is odd about a message, apart from its signature. */
export function lintMessage({ pieces, charset }: ReadMessage): string[] {
  const known = knownNames()
  const gbk =
    charset === 'GBK'
      ? ['The bytes of the message are GBK, not UTF-8: LianLian reads UTF-8. Write it in UTF-8.']
      : []
  const spaced = pieces.filter(({ text }) => text !== null && text !== text.trim())
  const blanks = spaced.map(
    ({ name }) =>
      `The value of ${visible(name)} has blanks at its ends; they are signed as they are.`,
  )
  return [
    ...gbk,
    ...pieces.flatMap((piece) => lintName(piece, known)),
    ...lintSignType(pieces),
    ...blanks,
  ]
}
