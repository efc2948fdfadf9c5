import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'

import { ConfigError, type ParameterError } from '@llpay/core'
import { unbind } from '@llpay/core/apis/card'
import { describeJobIssue } from '@llpay/core/bulk'

import { rows } from '../../output/layout.ts'
import type { Output } from '../../output/output.ts'
import { EXIT } from '../../program/exit-code.ts'
import { openInput, type Row } from '../input/open-input.ts'
import { readRows } from '../input/read-rows.ts'
import { JobTable } from '../ledger/job-table.ts'
import { showCount, showDuration } from './figures.ts'
import { toTask } from './task.ts'

const KEY_BYTES = 32
const SHOWN = 20

/** What a file holds, before anything is sent. */
export interface FileCheck {
  readonly rows: number
  /** Cards that would be unbound. */
  readonly jobs: number
  /** Rows that name a card which an earlier row names. */
  readonly duplicates: number
  readonly invalid: number
  /** How many of the cards name each product (`pay_type`); LianLian takes 2 where a line names none. */
  readonly products: Readonly<Record<string, number>>
  /** The first rows that are not jobs, with the rules that they break. */
  readonly examples: readonly { readonly line: number; readonly issues: ParameterError['issues'] }[]
}

/**
 * Counts the cards of a file before a run, for its progress and its prompt; `undefined` for what can be
 * read only once, such as a pipe, and for a file that breaks off.
 */
export async function countCards(
  file: string,
  format: string | undefined,
): Promise<FileCheck | undefined> {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined
  try {
    return await checkFile(readRows(openInput(file), format))
  } catch (error) {
    // The run itself reports it, behind what it did with the lines before.
    if (error instanceof ConfigError) return undefined
    throw error
  }
}

/** Reads a whole file and counts what is in it; nothing is sent. */
export async function checkFile(lines: AsyncIterable<Row>): Promise<FileCheck> {
  const identity = { jobKey: randomBytes(KEY_BYTES), oidPartner: '' }
  const met = new JobTable()
  const products = new Map<string, number>()
  const examples: FileCheck['examples'][number][] = []
  let [count, duplicates, invalid] = [0, 0, 0]
  for await (const row of lines) {
    count += 1
    const { id, job, line, issues } = toTask(row, identity)
    if (job === undefined) {
      invalid += 1
      if (examples.length < SHOWN) examples.push({ line, issues })
    } else if (met.get(id) > 0) duplicates += 1
    else {
      met.set(id, 1)
      const product = job.pay_type ?? unbind.assumed.pay_type
      products.set(product, (products.get(product) ?? 0) + 1)
    }
  }
  const byProduct = Object.fromEntries(products)
  return { rows: count, jobs: met.size, duplicates, invalid, products: byProduct, examples }
}

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
