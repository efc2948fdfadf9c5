import { lookUpReturnCode } from '@llpay/core/adapter'

import type { JournalEntry } from '../wire/records.ts'

/** What became of one request, as the other end of the connection saw it. */
export type EntryOutcome =
  /** Replied with 0000. */
  | 'success'
  /** A list that says the card is not there: no record, or a count of zero. */
  | 'absent'
  /** Says 0000, but a scenario made that up, and nothing was done. */
  | 'made-up'
  /** Says 0000, but a scenario broke its signature: a client refuses to believe it. */
  | 'untrusted'
  /** A code after which nothing was changed. */
  | 'refused'
  /** A code after which only a query shows what happened. */
  | 'unknown'
  /** The connection was closed without a reply. */
  | 'lost'
  /** The sandbox itself did not take the request, such as one with a wrong path or method. */
  | 'not-taken'
  /** An HTTP status other than 200. */
  | 'http'
  /** A reply that is not a JSON object with a return code. */
  | 'unreadable'

/** What the reply of a request says. */
export interface ReplyFacts {
  readonly outcome: EntryOutcome
  /** The return code; empty where there is none. */
  readonly code: string
  readonly members: Readonly<Record<string, unknown>>
}

const ABSENT = new Set(['8901', '3003', '3011'])
const known = new WeakMap<JournalEntry, ReplyFacts>()

function parseMembers(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : {}
  } catch {
    return {}
  }
}

/** The scenarios after which a client cannot believe a success. */
const FORGERIES = new Set(['tampered', 'unsigned', 'wrong-key', 'duplicate'])

const isForged = ({ scenario }: JournalEntry, members: ReplyFacts['members']): boolean => {
  const [name = '', ...rest] = scenario.split(':')
  if (name === 'other-user') return members['user_id'] !== undefined
  return FORGERIES.has(name) || rest.includes('forged')
}

/** Why the sandbox itself did not take a request. */
function readRefusal({ error }: ReplyFacts['members']): string | undefined {
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined
  return typeof error.message === 'string' ? error.message : undefined
}

const isMadeUp = ({ scenario }: JournalEntry) => scenario.split(':')[0] === 'code'

function outcomeOf(
  entry: JournalEntry,
  code: string,
  members: ReplyFacts['members'],
): EntryOutcome {
  if (entry.status === null) return 'lost'
  if (entry.status !== 200) return readRefusal(members) === undefined ? 'http' : 'not-taken'
  if (code === '') return 'unreadable'
  const isList = entry.api === 'card.list'
  if (isList && ABSENT.has(code)) return 'absent'
  if (code === '0000' && isForged(entry, members)) return 'untrusted'
  if (isList && members['count'] === '0') return 'absent'
  if (code === '0000' && isMadeUp(entry)) return 'made-up'
  if (code === '0000') return 'success'
  return lookUpReturnCode(code).class === 'refused' ? 'refused' : 'unknown'
}

/** Reads the reply to a request. */
export function readReplyFacts(entry: JournalEntry): ReplyFacts {
  const found = known.get(entry)
  if (found !== undefined) return found
  const members = parseMembers(entry.reply)
  const code = typeof members['ret_code'] === 'string' ? members['ret_code'] : ''
  const facts = { outcome: outcomeOf(entry, code, members), code, members }
  known.set(entry, facts)
  return facts
}

const CONCLUSIVE: ReadonlySet<EntryOutcome> = new Set([
  'success',
  'absent',
  'refused',
  'not-taken',
  'made-up',
  // A client settles and repeats nothing after it.
  'untrusted',
])

/** Whether a client that received this needs no further query. */
export const isConclusive = (entry: JournalEntry): boolean =>
  CONCLUSIVE.has(readReplyFacts(entry).outcome)

/** Why a request was refused: the check that failed, or what the sandbox itself had against it. */
export function findReason(entry: JournalEntry): string | undefined {
  const failed = entry.checks.find(({ ok }) => ok === false)
  if (failed !== undefined) return failed.why
  const { outcome, members } = readReplyFacts(entry)
  return outcome === 'not-taken' ? readRefusal(members) : undefined
}

/** Whether the gate refused the request before it was carried out. */
export const isGateRefusal = ({ checks }: JournalEntry): boolean =>
  checks.some(({ name, ok }) => ok === false && name !== 'state')
