import type { LLPayError } from '@llpay/core'

import { EXIT } from '../../exit-code.ts'
import type { Output } from '../../output/output.ts'
import { rows } from '../../output/rows.ts'
import { OUTCOMES } from '../ledger/record.ts'
import { endingOf } from './ending.ts'
import { showDuration } from './show-duration.ts'
import { countAll, countOf, type Tally } from './tally.ts'

const API = 'card.unbind'
const MAX_FAILURES = 'The run was stopped: so many failures as --max-failures allows.'

/** What a run was about, besides what it came to. */
export interface RunFacts {
  readonly ledger: string
  readonly seconds: number
}

const number = (value: number) => value.toLocaleString('en-US')

function summaryRows(tally: Tally, { ledger, seconds }: RunFacts): [string, string][] {
  const earlier = countAll(tally.earlier)
  const optional: readonly (readonly [string, number, string])[] = [
    ['undecided', tally.undecided, 'of not-bound: a product could not be queried'],
    ['left', tally.left, 'for another run'],
    ['repeated', tally.duplicates, 'lines that name a card which an earlier line names'],
    ['earlier', earlier, 'of these decided in earlier runs'],
  ]
  return [
    ...OUTCOMES.map((outcome): [string, string] => [outcome, number(countOf(tally, outcome))]),
    ...optional.flatMap(([name, count, text]): [string, string][] =>
      count === 0 ? [] : [[name, `${number(count)} ${text}`]],
    ),
    ['took', showDuration(seconds)],
    ['ledger', ledger],
  ]
}

const failureOf = ({ code, message }: LLPayError) => ({ code, message })

/**
 * Prints what a run came to: as talk, or as the one JSON object. Gives the exit status.
 *
 * @param allowNotBound whether cards that were not bound are accepted.
 */
export function printSummary(
  tally: Tally,
  facts: RunFacts,
  allowNotBound: boolean,
  output: Output,
): number {
  const ending = endingOf(tally, allowNotBound)
  if (output.json) {
    const { rows: read, left, inDoubt, undecided, duplicates, retries, stopCode } = tally
    const totals = OUTCOMES.map((outcome) => [outcome, countOf(tally, outcome)] as const)
    const summary = {
      ...Object.fromEntries(totals),
      earlier: countAll(tally.earlier),
      rows: read,
      left,
      inDoubt,
      undecided,
      duplicates,
      retries,
      stop: tally.stop ?? null,
      failure: tally.failure === undefined ? null : failureOf(tally.failure),
      ...facts,
    }
    if (ending === undefined) {
      output.object({ ok: true, api: API, summary })
      return EXIT.done
    }
    const { status, name, code, message, delivered } = ending
    const returnCode =
      tally.stop === 'merchant' && ending.code === 'ERR_REJECTED' ? { returnCode: stopCode } : {}
    const error = { name, code, message, delivered, ...returnCode }
    output.object({ ok: false, api: API, error, summary })
    return status
  }
  for (const line of rows(summaryRows(tally, facts))) process.stderr.write(`${line}\n`)
  if (tally.stop === 'max-failures') output.tell('careful', 'stopped', MAX_FAILURES)
  const messages = new Set([tally.failure?.message, ending?.message])
  for (const message of messages) if (message !== undefined) output.tell('bad', 'error', message)
  if (tally.stop === 'merchant') output.tell('faint', 'LianLian', tally.stopCode ?? '')
  return ending?.status ?? EXIT.done
}
