import { createHmac } from 'node:crypto'

import { ParameterError } from '@llpay/core'
import { checkJob, type JobIds, type UnbindJob } from '@llpay/core/bulk'

import type { Row } from '../input/row.ts'

/** A row of the input with its identity: a job, or what is wrong with it. */
export interface Task {
  readonly line: number
  readonly id: string
  readonly job: UnbindJob | undefined
  /** The rules that the row breaks. */
  readonly issues: ParameterError['issues']
  /** How often it was tried in this run. */
  tries: number
}

/** What is no job is known by its place and text, so that it is told once, and is another when mended. */
function idOfInvalid(key: Uint8Array, { line, value }: Row): string {
  const text = `no job\0${line}\0${JSON.stringify(value) ?? ''}`
  return createHmac('sha256', key).update(text).digest('hex')
}

/** Makes a task of a row. */
export async function toTask(row: Row, jobKey: Uint8Array, idOf: JobIds): Promise<Task> {
  const { line, value } = row
  try {
    const job = checkJob(value)
    return { line, id: await idOf(job), job, issues: [], tries: 0 }
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error
    return { line, id: idOfInvalid(jobKey, row), job: undefined, issues: error.issues, tries: 0 }
  }
}
