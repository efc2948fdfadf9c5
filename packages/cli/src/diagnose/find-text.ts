import { createHash } from 'node:crypto'

import { charsets } from './charsets.ts'
import { JOINS } from './joins.ts'
import { knownNames } from './known-names.ts'
import { ORDERS } from './orders.ts'
import type { Piece } from './read-message.ts'
import type { SignedBlock } from './recover-block.ts'
import { REWRITES, type Rewrite } from './rewrites.ts'
import { selections } from './selections.ts'
import { within, type Member, type Variation } from './variation.ts'
import { WRAPPINGS } from './wrappings.ts'

/** How many mistakes at once are looked for. */
const MOST_MISTAKES = 3
/** How many texts are tried: a second or so. */
const MOST_TEXTS = 100_000

/** Tells whether bytes are what was signed. */
function sealOf(block: SignedBlock): (bytes: Uint8Array) => boolean {
  if (block.kind === 'digest') {
    const { hash, digest } = block
    return (bytes) => createHash(hash).update(bytes).digest().equals(digest)
  }
  // Without the digest's own header: its bytes, or their hexadecimal text.
  const { content } = block
  return (bytes) => {
    const digest = createHash('md5').update(bytes).digest()
    return [digest, Buffer.from(digest.toString('hex')), Buffer.from(bytes)].some((each) =>
      each.equals(content),
    )
  }
}

const keep = (text: string) => text

const rewriter = ({ step, of }: Rewrite) => {
  const onName = of === undefined ? keep : step
  const onText = of === 'names' ? keep : step
  return ({ name, text }: Member): Member => ({ name: onName(name), text: onText(text) })
}

/** A text that may have been signed, what was done wrong then, and how many mistakes are left. */
type Candidate = readonly [text: string, says: readonly string[], left: number]

function* textsOf(
  picks: readonly Variation<readonly Member[]>[],
  budget: number,
): Generator<Candidate> {
  for (const [pick, afterPick] of within(picks, budget)) {
    for (const [rewrite, afterRewrite] of within(REWRITES, afterPick)) {
      const members = pick.step.map(rewriter(rewrite))
      for (const [order, afterOrder] of within(ORDERS, afterRewrite)) {
        const sorted = members.toSorted(order.step)
        for (const [join, left] of within(JOINS, afterOrder)) {
          yield [join.step(sorted), [pick.says, rewrite.says, order.says, join.says], left]
        }
      }
    }
  }
}

/**
 * Looks for the text that was signed: the right one, or one that comes of the usual mistakes, of up to
 * three at once; the fewest first.
 *
 * @returns what each mistake is; none for the right text; `undefined` where no text fits.
 */
export function findText(
  block: SignedBlock,
  pieces: readonly Piece[],
  unsigned: readonly string[],
): string[] | undefined {
  const isSigned = sealOf(block)
  const picks = selections(pieces, unsigned, knownNames())
  const encodings = charsets()
  let tried = 0
  for (let budget = 0; budget <= MOST_MISTAKES; budget += 1) {
    for (const [text, says, afterText] of textsOf(picks, budget)) {
      for (const [charset, afterCharset] of within(encodings, afterText)) {
        const bytes = charset.step(text)
        if (bytes === undefined) continue
        for (const [wrapping] of within(WRAPPINGS, afterCharset)) {
          tried += 1
          if (tried > MOST_TEXTS) return undefined
          if (!isSigned(wrapping.step(bytes))) continue
          return [...says, charset.says, wrapping.says].filter((each) => each !== '')
        }
      }
    }
  }
  return undefined
}
