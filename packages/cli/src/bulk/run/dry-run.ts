import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'

import { ConfigError, type ParameterError } from '@llpay/core'
import { unbind } from '@llpay/core/apis/card'
import { describeJobIssue } from '@llpay/core/bulk'
import { issueInChinese } from '@llpay/core/errors/chinese'

import { t, type Phrase } from '../../output/language.ts'
import type { Entry, Output } from '../../output/output.ts'
import { EXIT } from '../../program/exit-code.ts'
import { openInput, type Row } from '../input/open-input.ts'
import { readRows, type Format } from '../input/read-rows.ts'
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
  format: Format | undefined,
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

const hintOf = (invalid: number) =>
  t(
    invalid === 1
      ? 'Correct it where the file comes from: it would be refused.'
      : 'Correct them where the file comes from: each would be refused.',
    '在数据来源处更正：这些行都会被拒绝。',
  )

const messageOf = (invalid: number) =>
  t(
    invalid === 1 ? '1 line is invalid.' : `${showCount(invalid)} lines are invalid.`,
    `${showCount(invalid)} 行无效。`,
  )

/** How long a run takes and how many requests it sends. */
export function describeDuration({ jobs }: FileCheck, intervalMs: number): Phrase {
  const requests = showCount(jobs * REQUESTS)
  const duration = showDuration((jobs * intervalMs) / MS)
  return intervalMs === 0
    ? t(`${requests} requests, as fast as LianLian replies`, `${requests} 个请求，不限速`)
    : t(
        `${duration} at this rate, ${requests} requests`,
        `按此速率约 ${duration}，${requests} 个请求`,
      )
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
      message: messageOf(invalid).en,
      hint: hintOf(invalid).en,
      delivered: 'no',
      issues,
    }
    output.object(invalid === 0 ? { ok: true, ...facts } : { ok: false, ...facts, error })
    return invalid === 0 ? EXIT.done : EXIT.usage
  }
  const again = showCount(duplicates)
  output.rows([
    [t('cards', '卡'), showCount(jobs)],
    [
      t('repeated', '重复'),
      duplicates === 0
        ? undefined
        : t(`${again} lines name a card again`, `${again} 行重复了前面的卡`),
    ],
    [t('products', '产品'), describeProducts(check) || undefined],
    [t('invalid', '无效'), showCount(invalid)],
    ...examples.map(({ line, issues }): Entry => [
      t(`  line ${line}`, `  第 ${line} 行`),
      t(
        issues.map(describeJobIssue).join('; '),
        issues.map((issue) => issueInChinese(issue)).join('；'),
      ),
    ]),
    [t('takes', '预计耗时'), describeDuration(check, intervalMs)],
  ])
  if (invalid === 0) return EXIT.done
  output.fail(messageOf(invalid), hintOf(invalid))
  return EXIT.usage
}
