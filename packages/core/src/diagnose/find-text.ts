import { encodeBase64 } from '../encoding.ts'
import { latin1Bytes, sameBytes, toHex } from './bytes.ts'
import type { Cause } from './cause.ts'
import { charsets } from './charsets.ts'
import { JOINS, ORDERS } from './joins.ts'
import type { Digest } from './ports.ts'
import type { ReceivedMember } from './received.ts'
import { unescapeHtml } from './rewrite-encodings.ts'
import { rewritesFound } from './rewrite-found.ts'
import { rewrites } from './rewrites.ts'
import { type Member, type SearchBudget, within, type Rewrite } from './search.ts'
import { selections, type SelectionSource } from './selections.ts'
import type { SignedBlock } from './signed-block.ts'
import { wrappings } from './wrappings.ts'

/** The most mistakes tried at once. */
const MOST_MISTAKES = 3
/** The cost of handling a member, besides its text. */
const MEMBER_COST = 64

/** What the search needs. */
export interface Search {
  readonly digest: Digest
  readonly budget: SearchBudget
  /** The names that members of any message may have. */
  readonly known: readonly string[]
  /** Called regularly, to let others run. */
  readonly pause: (() => Promise<void>) | undefined
}

/** The text that was signed, and the mistakes behind it. */
export interface FoundText {
  readonly text: string
  /** The mistakes that were made; empty for the correct text. */
  readonly causes: readonly Cause[]
}

/** Whether bytes are what was signed. */
function sealOf(block: SignedBlock, digest: Digest): (bytes: Uint8Array) => boolean {
  if (block.kind === 'digest') {
    return (bytes) => sameBytes(digest(block.hash, bytes), block.digest)
  }
  // Without the digest's own header: its bytes, or their text in hexadecimal or base64.
  return (bytes) => {
    const md5 = digest('md5', bytes)
    const written = [md5, latin1Bytes(toHex(md5)), latin1Bytes(encodeBase64(md5)), bytes]
    return written.some((each) => sameBytes(each, block.content))
  }
}

const keep = (text: string) => text

const rewriter = ({ step, of }: Rewrite) => {
  const onName = of === undefined ? keep : step
  const onText = of === 'names' ? keep : step
  return ({ name, text }: Member): Member => ({ name: onName(name), text: onText(text) })
}

const costOf = (members: readonly Member[]) =>
  members.reduce((sum, { name, text }) => sum + name.length + text.length + MEMBER_COST, 0)

const isSame = (left: readonly Member[], right: readonly Member[]) =>
  left.every(({ name, text }, index) => name === right[index]?.name && text === right[index]?.text)

/** A text that may have been signed, the mistakes that lead to it, and how many more are allowed. */
type Candidate = readonly [text: string, causes: readonly (Cause | undefined)[], left: number]

function* textsOf(
  source: SelectionSource,
  mistakes: number,
  budget: SearchBudget,
): Generator<Candidate> {
  for (const [pick, afterPick] of within(selections(source, mistakes, budget), mistakes)) {
    for (const [rewrite, afterRewrite] of within(source.rewrites, afterPick)) {
      budget.spend(costOf(pick.step))
      if (budget.isSpent) return
      const members = pick.step.map(rewriter(rewrite))
      if (afterRewrite !== afterPick && isSame(members, pick.step)) continue
      const right = members.toSorted(ORDERS[0]?.step)
      for (const [order, afterOrder] of within(ORDERS, afterRewrite)) {
        const sorted = members.toSorted(order.step)
        if (afterOrder !== afterRewrite && isSame(sorted, right)) continue
        for (const [join, left] of within(JOINS, afterOrder)) {
          const text = join.step(sorted)
          budget.spend(text.length)
          yield [text, [pick.cause, rewrite.cause, order.cause, join.cause], left]
        }
      }
    }
  }
}

/** How a text becomes the bytes that were signed. */
interface Encodings {
  readonly charsets: ReturnType<typeof charsets>
  readonly wrappings: ReturnType<typeof wrappings>
}

/** The bytes that may have been signed for a text, with exactly as many mistakes as are left. */
function* bytesOf(
  [text, , afterText]: Candidate,
  encodings: Encodings,
  budget: SearchBudget,
): Generator<readonly [bytes: Uint8Array, causes: readonly (Cause | undefined)[]]> {
  for (const [charset, afterCharset] of within(encodings.charsets, afterText)) {
    const bytes = charset.step(text)
    if (bytes === undefined) continue
    for (const [wrap, left] of within(encodings.wrappings, afterCharset)) {
      // With mistakes to spare it was tried before.
      if (left > 0) continue
      budget.spend(bytes.length)
      if (budget.isSpent) return
      yield [wrap.step(bytes), [charset.cause, wrap.cause]]
    }
  }
}

/**
 * Searches for the text that was signed: the correct one, or one with up to three common mistakes, the
 * fewest first. Gives up when the budget is spent.
 */
export async function findText(
  block: SignedBlock,
  members: readonly ReceivedMember[],
  unsigned: readonly string[],
  { digest, budget, known, pause }: Search,
): Promise<FoundText | undefined> {
  const isSigned = sealOf(block, digest)
  const found = rewritesFound(members, unescapeHtml)
  const all: readonly Rewrite[] = [{ step: keep }, ...found, ...rewrites()]
  const source: SelectionSource = { members, unsigned, known, rewrites: all }
  const encodings: Encodings = { charsets: charsets(), wrappings: wrappings(digest) }
  for (let mistakes = 0; mistakes <= MOST_MISTAKES; mistakes += 1) {
    for (const candidate of textsOf(source, mistakes, budget)) {
      for (const [bytes, ofBytes] of bytesOf(candidate, encodings, budget)) {
        if (!isSigned(bytes)) continue
        const [text, ofText] = candidate
        return { text, causes: [...ofText, ...ofBytes].filter((each) => each !== undefined) }
      }
      if (budget.isPauseDue()) await pause?.()
    }
    if (budget.isSpent) {
      budget.stopAt(mistakes)
      return undefined
    }
  }
  return undefined
}
