import { describeJobIssue } from '@llpay/core/bulk'

import { EXIT } from '../../exit-code.ts'
import type { Output } from '../../output/output.ts'
import { rows } from '../../output/rows.ts'
import type { FileCheck } from './check-file.ts'
import { showCount, showDuration } from './figures.ts'

/** Requests for a card: the list, the unbinding, the list. */
const REQUESTS = 3
const MS = 1_000

const HINT = 'Correct them where the file comes from: each would be refused.'

const messageOf = (invalid: number) =>
  invalid === 1 ? '1 line is invalid.' : `${showCount(invalid)} lines are invalid.`

/** How long a run takes and how many requests it sends. */
export function describeDuration({ jobs }: FileCheck, intervalMs: number): string {
  const requests = `${showCount(jobs * REQUESTS)} requests`
  return intervalMs === 0
    ? `${requests}, as fast as LianLian replies`
    : `${showDuration((jobs * intervalMs) / MS)} at this rate, ${requests}`
}

/** The products of the cards, most cards first, such as `D (1,200), 2 (800)`. */
export function describeProducts({ products }: FileCheck): string {
  return Object.entries(products)
    .toSorted(([, one], [, other]) => other - one)
    .map(([product, count]) => `${product} (${showCount(count)})`)
    .join(', ')
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
      message: messageOf(invalid),
      hint: HINT,
      delivered: 'no',
      issues,
    }
    output.object(invalid === 0 ? { ok: true, ...facts } : { ok: false, ...facts, error })
    return invalid === 0 ? EXIT.done : EXIT.usage
  }
  const lines: [string, string][] = [
    ['cards', showCount(jobs)],
    ...(duplicates === 0
      ? []
      : [
          ['repeated', `${showCount(duplicates)} lines name a card again`] satisfies [
            string,
            string,
          ],
        ]),
    ...(jobs === 0 ? [] : [['products', describeProducts(check)] satisfies [string, string]]),
    ['invalid', showCount(invalid)],
    ...examples.map(({ line, issues }): [string, string] => [
      `  line ${line}`,
      issues.map(describeJobIssue).join('; '),
    ]),
    ['takes', describeDuration(check, intervalMs)],
  ]
  for (const line of rows(lines)) output.line(line)
  if (invalid === 0) return EXIT.done
  output.tell('bad', 'error', messageOf(invalid))
  output.tell('careful', 'next', HINT)
  return EXIT.usage
}
