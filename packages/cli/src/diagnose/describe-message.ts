import { createHash } from 'node:crypto'

import { visible } from '../output/visible.ts'
import { cut } from '../output/wrap.ts'
import type { ReadMessage } from './read-message.ts'

/** How the signed text of a message comes about. */
export interface Steps {
  /** The members left out, and why. */
  readonly dropped: readonly { readonly name: string; readonly reason: string }[]
  readonly signed: readonly string[]
  /** The text whose UTF-8 bytes are signed. */
  readonly canonical: string
  readonly bytes: number
  /** The MD5 of those bytes, in hexadecimal. */
  readonly md5: string
}

const REASONS = {
  sign: 'it is the signature',
  unsigned: 'LianLian does not sign it',
  null: 'it is null',
  empty: 'it is empty',
} as const

/** Follows the rule of signing step by step. */
export function describeMessage({ pieces }: ReadMessage, unsigned: readonly string[]): Steps {
  const dropped: { name: string; reason: string }[] = []
  const kept: (readonly [string, string])[] = []
  for (const { name, text } of pieces) {
    if (name === 'sign') dropped.push({ name, reason: REASONS.sign })
    else if (unsigned.includes(name)) dropped.push({ name, reason: REASONS.unsigned })
    else if (text === null) dropped.push({ name, reason: REASONS.null })
    else if (text === '') dropped.push({ name, reason: REASONS.empty })
    else kept.push([name, text])
  }
  const sorted = kept.toSorted(([left], [right]) => (left < right ? -1 : 1))
  const canonical = sorted.map(([name, text]) => `${name}=${text}`).join('&')
  const bytes = Buffer.from(canonical, 'utf8')
  return {
    dropped,
    signed: sorted.map(([name]) => name),
    canonical,
    bytes: bytes.length,
    md5: createHash('md5').update(bytes).digest('hex'),
  }
}

const WIDTH = 66

/** The signed text, a member a line, so that no blank is lost where a line ends. */
function textRows(canonical: string): [string, string][] {
  const members = canonical
    .split(/(?=&)/)
    .flatMap((member) => cut(visible(member), WIDTH).map(visible))
  return members.map((member, index) => [index === 0 ? 'text' : '', member])
}

/** The steps as rows of text. */
export function stepRows(steps: Steps): [string, string][] {
  return [
    ...steps.dropped.map(({ name, reason }, index): [string, string] => [
      index === 0 ? 'left out' : '',
      `${visible(name)}: ${reason}`,
    ]),
    ['signed', steps.signed.map(visible).join(', ')],
    ...textRows(steps.canonical),
    ['', `${steps.bytes} bytes in UTF-8`],
    ['MD5', steps.md5],
  ]
}
