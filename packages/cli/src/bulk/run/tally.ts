import type { ConfigError } from '@llpay/core'

import { OUTCOMES, type Outcome } from '../ledger/records.ts'

/** Why a run ended before its file did, the worst first. */
const STOPS = [
  'untrusted',
  'setup',
  'merchant',
  'max-failures',
  'interrupted',
  'reader-left',
] as const

/** Why a run ended before its file did. */
export type StopReason = (typeof STOPS)[number]

/** What a run has come to so far. */
export interface Tally {
  /** Cards in the file, each once, invalid lines included; `undefined` where nobody counted them. */
  total: number | undefined
  /** Cards being worked on at this moment. */
  inFlight: number
  /** Cards that wait for another try in this run. */
  waiting: number
  /** Rows that were read. */
  rows: number
  /** The bytes that they take in the file, with all before them. */
  bytes: number
  /** Rows that name a job which an earlier row named. */
  duplicates: number
  /** Jobs that are left for another run. */
  left: number
  /** Of those, the ones that were read and not begun. */
  untouched: number
  /** Of those that are left, the ones for which something may have been sent. */
  inDoubt: number
  /** Jobs that ended not bound, in this run or before, without a list for every product. */
  undecided: number
  /** Refused jobs, in this run or before, whose request LianLian had received. */
  refusedAfterSending: number
  /** Times that a job is tried again. */
  retries: number
  /** What jobs ended with in this run. */
  readonly outcomes: Record<Outcome, number>
  /** What jobs of this file had ended with in earlier runs. */
  readonly earlier: Record<Outcome, number>
  /** Why the run ended early. */
  stop: StopReason | undefined
  /** The code of what stopped the run. */
  stopCode: string | undefined
  /** What ended the run although nothing was wrong with a card: a broken file, a full disk, a lost lock. */
  failure: ConfigError | undefined
}

const none = () => ({ unbound: 0, 'not-bound': 0, refused: 0, unknown: 0 })

export function startTally(): Tally {
  return {
    total: undefined,
    inFlight: 0,
    waiting: 0,
    rows: 0,
    bytes: 0,
    duplicates: 0,
    left: 0,
    untouched: 0,
    inDoubt: 0,
    undecided: 0,
    refusedAfterSending: 0,
    retries: 0,
    outcomes: none(),
    earlier: none(),
    stop: undefined,
    stopCode: undefined,
    failure: undefined,
  }
}

/** Notes why a run is stopped. The jobs in flight go on, and what one of them finds may be worse. */
export function noteStop(tally: Tally, reason: StopReason, code?: string): void {
  if (tally.stop !== undefined && STOPS.indexOf(tally.stop) <= STOPS.indexOf(reason)) return
  tally.stop = reason
  tally.stopCode = code
}

/** How many jobs ended with an outcome. */
export const countAll = (outcomes: Tally['outcomes']): number =>
  OUTCOMES.reduce((sum, outcome) => sum + outcomes[outcome], 0)

/** How many jobs ended with an outcome, in this run or before. */
export const countOf = ({ outcomes, earlier }: Tally, outcome: Outcome): number =>
  outcomes[outcome] + earlier[outcome]

/** How many jobs have an outcome, from this run alone or from earlier ones as well. */
export function countDone({ outcomes, earlier }: Tally, of: 'all' | 'this-run' = 'all'): number {
  return countAll(outcomes) + (of === 'all' ? countAll(earlier) : 0)
}

/** How many cards of a counted file were not begun in this run and have no outcome. */
export function countNotStarted(tally: Tally): number | undefined {
  const { total, left, inFlight, waiting } = tally
  if (total === undefined) return undefined
  return Math.max(0, total - countDone(tally) - left - inFlight - waiting)
}

/** How many were not carried out in this run, or nobody knows. */
export const failures = ({ outcomes }: Tally): number => outcomes.refused + outcomes.unknown
