import { createHmac } from 'node:crypto'

import { ParameterError } from '@llpay/core'
import { checkJob, jobIdBytes, type UnbindJob } from '@llpay/core/bulk'

import type { Row } from '../input/open-input.ts'

/** A row of the input with its identity: a job, or what is wrong with it. */
export interface Task {
  readonly line: number
  readonly id: string
  readonly job: UnbindJob | undefined
  /** The rules that the row breaks. */
  readonly issues: ParameterError['issues']
  /** How often it was tried in this run. */
  tries: number
  /** Whether the ledger has what it ended with in this run. */
  isRecorded: boolean
}

/** Whose jobs they are, and the key of their ids. */
export interface Identity {
  readonly jobKey: Uint8Array
  readonly oidPartner: string
}

const hmac = ({ jobKey }: Identity, data: string | Uint8Array) =>
  createHmac('sha256', jobKey).update(data).digest('hex')

/** What is not a job is known by its place and text, so that it is reported once, and is a new one when fixed. */
const textOfInvalid = ({ line, value }: Row) => `no job\0${line}\0${JSON.stringify(value) ?? ''}`

/** Makes a task of a row. */
export function toTask(row: Row, identity: Identity): Task {
  const { line, value } = row
  try {
    const job = checkJob(value)
    const id = hmac(identity, jobIdBytes(identity.oidPartner, job))
    return { line, id, job, issues: [], tries: 0, isRecorded: false }
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error
    const { issues } = error
    return {
      line,
      id: hmac(identity, textOfInvalid(row)),
      job: undefined,
      issues,
      tries: 0,
      isRecorded: false,
    }
  }
}
