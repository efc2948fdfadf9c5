import { describeJobIssue } from '@llpay/core/bulk'

import { EXIT } from '../../exit-code.ts'
import type { Output } from '../../output/output.ts'
import { rows } from '../../output/rows.ts'
import type { FileCheck } from './check-file.ts'
import { showDuration } from './show-duration.ts'

/** Requests for a card: the list, the unbinding, the list. */
const REQUESTS = 3
const MS = 1_000

const MESSAGE =
  'Some lines are no jobs. Correct them where the file comes from; each would be refused.'

const number = (value: number) => value.toLocaleString('en-US')

function estimate({ jobs }: FileCheck, intervalMs: number): string {
  const requests = `${number(jobs * REQUESTS)} requests`
  return intervalMs === 0
    ? `${requests}, as fast as they are answered`
    : `${showDuration((jobs * intervalMs) / MS)} at this rate, ${requests}`
}

/** Prints what a file holds, and how long it would take. Gives the exit status. */
export function printCheck(check: FileCheck, intervalMs: number, output: Output): number {
  const { jobs, duplicates, invalid, examples } = check
  const seconds = intervalMs === 0 ? null : (jobs * intervalMs) / MS
  if (output.json) {
    const facts = { api: 'card.unbind', dryRun: true, ...check, estimateSeconds: seconds }
    const issues = examples.flatMap(({ line, issues: own }) =>
      own.map(({ path, rule }) => ({ path: `line ${line}: ${path}`, rule })),
    )
    const error = {
      name: 'ParameterError',
      code: 'ERR_PARAMETER_INVALID',
      message: MESSAGE,
      delivered: 'no',
      issues,
    }
    output.object(invalid === 0 ? { ok: true, ...facts } : { ok: false, ...facts, error })
    return invalid === 0 ? EXIT.done : EXIT.usage
  }
  const lines: [string, string][] = [
    ['cards', number(jobs)],
    ...(duplicates === 0
      ? []
      : [['repeated', `${number(duplicates)} lines name a card again`] satisfies [string, string]]),
    ['invalid', number(invalid)],
    ...examples.map(({ line, issues }): [string, string] => [
      `  line ${line}`,
      issues.map(describeJobIssue).join('; '),
    ]),
    ['takes', estimate(check, intervalMs)],
  ]
  for (const line of rows(lines)) output.line(line)
  if (invalid === 0) return EXIT.done
  output.tell('bad', 'error', MESSAGE)
  return EXIT.usage
}
