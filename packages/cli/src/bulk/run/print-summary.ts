import { rows, padTo, widthOf, beside } from '../../output/layout.ts'
import type { Output } from '../../output/output.ts'
import { EXIT } from '../../program/exit-code.ts'
import { OUTCOMES, type Outcome } from '../ledger/records.ts'
import { endingOf, type RunEnding } from './ending.ts'
import { showCount, showDuration } from './figures.ts'
import { countAll, countNotStarted, countOf, type Tally } from './tally.ts'

const API = 'card.unbind'
const MAX_FAILURES = 'The run was stopped: --max-failures reached.'

/** What a run was about, apart from its outcomes. */
export interface RunFacts {
  readonly ledger: string
  /** The file with the outcomes; `undefined` for standard output, or none. */
  readonly results: string | undefined
  readonly seconds: number
}

/** What to do with the cards of each outcome. */
const NEXT_STEPS: Readonly<Record<Outcome, (tally: Tally) => string>> = {
  unbound: () => '',
  'not-bound': ({ undecided }) =>
    undecided === 0
      ? 'check user_id, no_agree and platform in the results; --allow-not-bound accepts them'
      : `for ${showCount(undecided)} of them a product could not be queried: see undecided in the results`,
  refused: () => 'the results say why; --again refused retries them',
  unknown: () => "--again unknown settles them by LianLian's list",
}

type Line = readonly [name: string, count: string, next: string]

function outcomeLines(tally: Tally): Line[] {
  const lines = OUTCOMES.map((outcome): Line => {
    const count = countOf(tally, outcome)
    const next = count === 0 ? '' : NEXT_STEPS[outcome](tally)
    return [outcome.replace('-', ' '), showCount(count), next]
  })
  const [left, notStarted] = [tally.left, countNotStarted(tally) ?? 0]
  const again = 'run the same command again'
  return [
    ...lines.filter(([name, count]) => name === 'unbound' || count !== '0'),
    ...(left === 0 ? [] : [['not finished', showCount(left), again] as const]),
    ...(notStarted === 0 ? [] : [['not started', showCount(notStarted), again] as const]),
  ]
}

const HEAD: Line = ['outcome', 'cards', 'next step']
const GAP = '  '

/** The outcomes as a table: right-aligned counts, and the next step wrapped in its column. */
function outcomeTable(tally: Tally): string[] {
  const lines = [HEAD, ...outcomeLines(tally)]
  const names = Math.max(...lines.map(([name]) => widthOf(name)))
  const counts = Math.max(...lines.map(([, count]) => widthOf(count)))
  return lines.flatMap(([name, count, next]) => {
    const head = padTo(name, names) + GAP + count.padStart(counts) + GAP
    const [first = '', ...rest] = beside(widthOf(head), next)
    return [(head + first).trimEnd(), ...rest]
  })
}

function factRows(tally: Tally, { ledger, results, seconds }: RunFacts): [string, string][] {
  const earlier = countAll(tally.earlier)
  const { duplicates } = tally
  const optional: readonly (readonly [string, string | undefined])[] = [
    ['earlier', earlier === 0 ? undefined : `${showCount(earlier)} of these are from earlier runs`],
    [
      'repeated',
      duplicates === 0
        ? undefined
        : `${showCount(duplicates)} ${duplicates === 1 ? 'line names' : 'lines name'} a card again`,
    ],
    ['took', showDuration(seconds)],
    ['results', results],
    ['ledger', ledger],
  ]
  return optional.flatMap(([name, text]): [string, string][] =>
    text === undefined ? [] : [[name, text]],
  )
}

function summaryObject(tally: Tally, { ledger, seconds }: RunFacts): Record<string, unknown> {
  const { rows: read, left, inDoubt, undecided, duplicates, retries, failure } = tally
  return {
    ...Object.fromEntries(OUTCOMES.map((outcome) => [outcome, countOf(tally, outcome)])),
    earlier: countAll(tally.earlier),
    rows: read,
    left,
    notStarted: countNotStarted(tally) ?? null,
    inDoubt,
    undecided,
    duplicates,
    retries,
    stop: tally.stop ?? null,
    failure: failure === undefined ? null : { code: failure.code, message: failure.message },
    ledger,
    seconds,
  }
}

function printObject(
  tally: Tally,
  facts: RunFacts,
  ending: RunEnding | undefined,
  output: Output,
): void {
  const summary = summaryObject(tally, facts)
  if (ending === undefined) {
    output.object({ ok: true, api: API, summary })
    return
  }
  const { name, code, message, hint, delivered } = ending
  const returnCode =
    tally.stop === 'merchant' && code === 'ERR_REJECTED' ? { returnCode: tally.stopCode } : {}
  const error = { name, code, message, ...(hint && { hint }), delivered, ...returnCode }
  output.object({ ok: false, api: API, error, summary })
}

/** What is done, in flight and not started at the moment of an interrupt. */
export function describeStop(tally: Tally): string {
  const { inFlight, waiting } = tally
  const done = countAll(tally.outcomes) + countAll(tally.earlier)
  const notStarted = countNotStarted(tally)
  const parts = [
    `${showCount(done)} done`,
    `${showCount(inFlight)} in flight`,
    ...(waiting === 0 ? [] : [`${showCount(waiting)} waiting for another try`]),
    ...(notStarted === undefined ? [] : [`${showCount(notStarted)} not started`]),
  ]
  return `${parts.join(', ')}. Finishing the cards in flight; interrupt again to stop at once. The ledger records what was sent.`
}

/**
 * Prints what a run came to: as a table, or as the one JSON object. Returns the exit status.
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
  const status = ending?.status ?? EXIT.done
  if (output.json) {
    printObject(tally, facts, ending, output)
    return status
  }
  for (const line of [...outcomeTable(tally), '', ...rows(factRows(tally, facts))]) {
    process.stderr.write(`${line}\n`)
  }
  if (tally.stop === 'max-failures') output.tell('careful', 'stopped', MAX_FAILURES)
  for (const { message, hint } of problemsOf(tally, ending)) {
    output.tell('bad', 'error', message)
    if (hint !== undefined) output.tell('careful', 'next', hint)
  }
  if (tally.stop === 'merchant') output.tell('faint', 'LianLian', tally.stopCode ?? '')
  return status
}

/** What went wrong with the run and how it ended, each text once. */
function problemsOf({ failure }: Tally, ending: RunEnding | undefined): Problem[] {
  const problems: Problem[] = [failure, ending].flatMap((each) => each ?? [])
  return problems.filter(
    ({ message }, index) => problems.findIndex((other) => other.message === message) === index,
  )
}

type Problem = Pick<RunEnding, 'message' | 'hint'>
