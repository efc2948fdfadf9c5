import { FAULTS, toldAgain } from './rules.ts'
import type { Finding, KillRun } from './run-kills.ts'

const OUTCOMES = ['unbound', 'not-bound', 'refused', 'unknown'] as const

const withOutcome = (findings: readonly Finding[], outcome: string) =>
  findings.filter(({ told }) => told.at(-1)?.outcome === outcome).length

const retriesOf = (findings: readonly Finding[]) =>
  findings.reduce((sum, { told }) => sum + Math.max(0, (told.at(-1)?.starts ?? 1) - 1), 0)

function rowsOf({ findings, kills, restarts, seconds }: KillRun): [string, string | number][] {
  return [
    ['jobs', findings.length],
    ['kills', kills],
    ['stopped by itself', restarts],
    ['seconds', seconds.toFixed(1)],
    ...OUTCOMES.map((outcome): [string, number] => [outcome, withOutcome(findings, outcome)]),
    ['retries', retriesOf(findings)],
    ['hook told again', findings.filter(toldAgain).length],
    ...FAULTS.map(({ column, has }): [string, number] => [column, findings.filter(has).length]),
  ]
}

const LEGEND = `
  reported twice: a card with two final outcomes in what the subject keeps (a queue keeps one result for
  each job id). A hook is at least once: "hook reported again" counts the cards for which a kill came after
  the hook and before the queue, so that a later delivery reported the hook again; "and otherwise", those
  for which a hook was reported another outcome than the queue keeps, such as refused first and unbound in
  the end: there must be none. What the queue keeps is compared with the gateway. Retries: deliveries after the first, where
  the subject counts them. Stopped by itself: a forged reply, or a refusal of the merchant, ends a run of
  the command line; it is started again. Disagreeing: results and ledger say another thing of a card.`

const FIRST = 20
const WIDTH = 22

function printLine(first: string, cells: readonly (string | number)[]): void {
  const rest = cells.map((cell) => String(cell).padStart(WIDTH))
  console.log(`  ${first.padEnd(FIRST)}${rest.join('')}`)
}

/** Prints what the subjects came to, side by side. */
export function printKills(runs: readonly KillRun[]): void {
  printLine(
    '',
    runs.map(({ name }) => name),
  )
  const columns = runs.map(rowsOf)
  for (const [index, [name]] of (columns[0] ?? []).entries()) {
    printLine(
      name,
      columns.map((rows) => rows[index]?.[1] ?? ''),
    )
  }
  console.log(LEGEND)
}
