import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'

import { ConfigError, type ParameterError } from '@llpay/core'
import { unbind } from '@llpay/core/apis/card'

import { openInput } from '../input/open-input.ts'
import { readRows } from '../input/read-rows.ts'
import type { Row } from '../input/row.ts'
import { JobTable } from '../ledger/job-table.ts'
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
  /** The first rows that are no jobs, with the rules that they break. */
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
export async function checkFile(rows: AsyncIterable<Row>): Promise<FileCheck> {
  const identity = { jobKey: randomBytes(KEY_BYTES), oidPartner: '' }
  const met = new JobTable()
  const products = new Map<string, number>()
  const examples: FileCheck['examples'][number][] = []
  let [count, duplicates, invalid] = [0, 0, 0]
  for await (const row of rows) {
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
