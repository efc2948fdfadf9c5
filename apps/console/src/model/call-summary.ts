import type { JournalEntry } from '../wire/records.ts'
import { type Call, productOf } from './group-calls.ts'
import { isGateRefusal, readReplyFacts, type EntryOutcome } from './reply-facts.ts'

/** How a call ended, as far as its requests show. */
export type CallOutcome =
  | EntryOutcome
  /** The reply to the change was lost, and a later list says that the card is absent. */
  | 'settled-absent'
  /** The reply to the change was lost, and a later list still shows the card. */
  | 'settled-listed'
  /** The product that was queried first does not have the card, another one does; no change was sent. */
  | 'elsewhere'

/** What a row of the list of calls shows. */
export interface CallSummary {
  /** The request that the call was made for: the last change, else the last request. */
  readonly main: JournalEntry
  readonly outcome: CallOutcome
  readonly code: string
  /** The product that was queried first, and those that have the card; for `elsewhere`. */
  readonly products: { readonly asked: string; readonly found: readonly string[] }
  /** The gate refused the main request. */
  readonly isGateRefusal: boolean
  /** Requests that a scenario other than normal replied to. */
  readonly scenario: string
  readonly durationMs: number
}

const isChange = ({ api }: JournalEntry) =>
  api !== null && api !== 'card.list' && api !== 'card.query-bin'
const NORMAL = new Set(['normal', 'usual', ''])

/** What the lists behind a change without a clear reply say about it. */
function settle(
  after: readonly JournalEntry[],
  product: string | undefined,
): CallOutcome | undefined {
  const last = after.findLast(
    ({ api, members }) => api === 'card.list' && (members['pay_type'] ?? '2') === (product ?? '2'),
  )
  const outcome = last === undefined ? undefined : readReplyFacts(last).outcome
  if (outcome === 'absent') return 'settled-absent'
  return outcome === 'success' ? 'settled-listed' : undefined
}

/** The products under which lists show the card, where the first one that was queried does not. */
function findElsewhere(entries: readonly JournalEntry[]): JournalEntry[] {
  const [first] = entries
  if (first === undefined || entries.some(({ api }) => api !== 'card.list')) return []
  if (readReplyFacts(first).outcome !== 'absent') return []
  return entries.filter(
    (entry) => productOf(entry) !== productOf(first) && readReplyFacts(entry).outcome === 'success',
  )
}

const UNCLEAR: ReadonlySet<EntryOutcome> = new Set(['lost', 'http', 'unknown', 'unreadable'])

/** Sums a call up. */
export function summarizeCall({ entries }: Call): CallSummary | undefined {
  const elsewhere = findElsewhere(entries)
  const main = entries.findLast(isChange) ?? elsewhere[0] ?? entries.at(-1)
  const first = entries[0]
  if (main === undefined || first === undefined) return undefined
  const { outcome, code } = readReplyFacts(main)
  const after = entries.slice(entries.indexOf(main) + 1)
  const settled = UNCLEAR.has(outcome) ? settle(after, main.members['pay_type']) : undefined
  const scenario = entries.findLast((entry) => !NORMAL.has(entry.scenario))?.scenario ?? ''
  return {
    main,
    outcome: elsewhere.length > 0 ? 'elsewhere' : (settled ?? outcome),
    code,
    products: { asked: productOf(first), found: elsewhere.map(productOf) },
    isGateRefusal: isGateRefusal(main),
    scenario,
    durationMs: Math.max(...entries.map(({ at, durationMs }) => at + durationMs)) - first.at,
  }
}

/** Requests of a call that a list shows as one row: lists that follow each other and ended alike. */
export function stepsOf({ entries }: Call): JournalEntry[][] {
  const steps: JournalEntry[][] = []
  for (const entry of entries) {
    const last = steps.at(-1)
    const before = last?.at(-1)
    const merges =
      entry.api === 'card.list' &&
      before?.api === 'card.list' &&
      readReplyFacts(before).code === readReplyFacts(entry).code &&
      readReplyFacts(before).outcome === readReplyFacts(entry).outcome &&
      entry.scenario === before.scenario &&
      before.members['pay_type'] !== entry.members['pay_type']
    if (merges && last !== undefined && !(last.length === 1 && steps.length === 1)) last.push(entry)
    else steps.push([entry])
  }
  return steps
}

const BAD: ReadonlySet<CallOutcome> = new Set([
  'refused',
  'not-taken',
  'untrusted',
  'made-up',
  'unknown',
  'lost',
  'http',
  'unreadable',
  'settled-listed',
  'elsewhere',
])

/** Whether somebody who looks for problems wants to see a call. */
export const isProblem = ({ outcome, isGateRefusal: refused }: CallSummary): boolean =>
  refused || BAD.has(outcome)
