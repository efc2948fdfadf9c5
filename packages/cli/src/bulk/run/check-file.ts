import { randomBytes } from 'node:crypto'

import type { ParameterError } from '@llpay/core'

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
  /** The first rows that are no jobs, with the rules that they break. */
  readonly examples: readonly { readonly line: number; readonly issues: ParameterError['issues'] }[]
}

/** Reads a whole file and says what is in it. */
export async function checkFile(rows: AsyncIterable<Row>): Promise<FileCheck> {
  const identity = { jobKey: randomBytes(KEY_BYTES), oidPartner: '' }
  const met = new JobTable()
  const examples: FileCheck['examples'][number][] = []
  let [count, duplicates, invalid] = [0, 0, 0]
  for await (const row of rows) {
    count += 1
    const { id, job, line, issues } = toTask(row, identity)
    if (job === undefined) {
      invalid += 1
      if (examples.length < SHOWN) examples.push({ line, issues })
    } else if (met.get(id) > 0) duplicates += 1
    else met.set(id, 1)
  }
  return { rows: count, jobs: met.size, duplicates, invalid, examples }
}
