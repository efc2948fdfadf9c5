import type { JournalEntry } from '../wire/records.ts'
import { isConclusive, readReplyFacts } from './reply-facts.ts'

/** The requests that one call of a client made, oldest first. */
export interface Call {
  /** The id of its first request. */
  readonly id: number
  readonly entries: readonly JournalEntry[]
}

/** A client that needs no reply any more sends the next request of its call within this time. */
const QUIET_MS = 2000
/** A client that waits for a lost reply, or backs off, may take this long. */
const PATIENCE_MS = 60_000

const CHANGE = 'card.unbind'
const LIST = 'card.list'
const APPLY = 'card.apply-bind'
const VERIFY = 'card.verify-bind'

const keyOf = ({ oid_partner, user_id, no_agree, platform }: JournalEntry['members']) =>
  JSON.stringify([oid_partner, user_id, no_agree ?? '', platform ?? ''])

/** The product that a request is about: the one that LianLian assumes where it names none. */
export const productOf = ({ members }: JournalEntry) => members['pay_type'] || '2'

/** A request that could not be read, or has a wrong method, belongs to no call that is known. */
const namesCustomer = ({ members }: JournalEntry) => (members['user_id'] ?? '') !== ''

const endOf = (entries: readonly JournalEntry[]) =>
  Math.max(...entries.map(({ at, durationMs }) => at + durationMs))

/** Whether this product's page was already replied for good since the last change. */
function repeatsList(since: readonly JournalEntry[], entry: JournalEntry): boolean {
  return since.some(
    (each) =>
      each.api === LIST &&
      productOf(each) === productOf(entry) &&
      (each.members['offset'] ?? '0') === (entry.members['offset'] ?? '0') &&
      isConclusive(each),
  )
}

function listBelongs(entries: readonly JournalEntry[], entry: JournalEntry): boolean {
  const change = entries.findLastIndex(({ api }) => api === CHANGE)
  const since = entries.slice(change + 1)
  if (!repeatsList(since, entry)) return true
  // A client that unbinds in every product queries a listed one afresh before it does.
  return change === -1 && since.some((each) => readReplyFacts(each).outcome === 'success')
}

function changeBelongs(entries: readonly JournalEntry[], entry: JournalEntry): boolean {
  const last = entries.findLast(({ api }) => api === CHANGE)
  return last === undefined || !isConclusive(last) || productOf(last) !== productOf(entry)
}

function belongs(entries: readonly JournalEntry[], entry: JournalEntry): boolean {
  const last = entries.at(-1)
  if (last === undefined) return false
  const change = entries.findLast(({ api }) => api === CHANGE)
  const settled = isConclusive(last) && (change === undefined || isConclusive(change))
  if (entry.at - endOf(entries) > (settled ? QUIET_MS : PATIENCE_MS)) return false
  return entry.api === CHANGE ? changeBelongs(entries, entry) : listBelongs(entries, entry)
}

/** The application whose token a verification names. */
function findApplication(
  calls: readonly JournalEntry[][],
  { members: { token = '' } }: JournalEntry,
): JournalEntry[] | undefined {
  if (token === '') return undefined
  return calls.findLast((entries) =>
    entries.some((each) => each.api === APPLY && readReplyFacts(each).members['token'] === token),
  )
}

/**
 * Groups requests into the calls that made them. Nothing on the wire names the call: requests belong
 * together when they speak of the same agreement, follow each other closely, and the one before left
 * something to ask.
 */
export function groupCalls(entries: readonly JournalEntry[]): Call[] {
  const calls: JournalEntry[][] = []
  const open = new Map<string, JournalEntry[]>()
  const start = (entry: JournalEntry): JournalEntry[] => {
    const call = [entry]
    calls.push(call)
    return call
  }
  for (const entry of entries) {
    if (entry.api === VERIFY) {
      const application = findApplication(calls, entry)
      if (application === undefined) start(entry)
      else application.push(entry)
    } else if ((entry.api === CHANGE || entry.api === LIST) && namesCustomer(entry)) {
      const key = keyOf(entry.members)
      const current = open.get(key)
      if (current !== undefined && belongs(current, entry)) current.push(entry)
      else open.set(key, start(entry))
    } else start(entry)
  }
  return calls.map((each) => ({ id: each[0]?.id ?? 0, entries: each }))
}
