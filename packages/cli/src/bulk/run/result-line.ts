import { createHash } from 'node:crypto'

import { OUTCOMES, type OutcomeRecord } from '../ledger/record.ts'

/** How a result begins; in it, `0` stands for any digit and `f` for any hexadecimal one. */
const BEGINNING = `{"at":"0000-00-00T00:00:00.000Z","job":"${'f'.repeat(64)}","line":`
const TIME = BEGINNING.indexOf(',')
const JOB = BEGINNING.indexOf('f')

/** An outcome as it is told: a line of JSON. */
export function toResultLine({ at, ...record }: OutcomeRecord): string {
  return `${JSON.stringify({ at: new Date(at).toISOString(), ...record, event: undefined })}\n`
}

const nameFrom = (job: string, at: string, outcome: string): string =>
  createHash('sha256').update(`${job} ${at} ${outcome}`).digest('hex')

/** Names an outcome of the ledger, so that it is found again in a file of results. */
export const nameOf = ({ job, at, outcome }: OutcomeRecord): string =>
  nameFrom(job, new Date(at).toISOString(), outcome)

/** The name of the outcome that a line tells; `undefined` for a line that tells none. */
export function readResultLine(text: string): string | undefined {
  try {
    const { job, at, outcome }: Record<string, unknown> = JSON.parse(text)
    const isResult =
      typeof job === 'string' && typeof at === 'string' && OUTCOMES.some((each) => each === outcome)
    return isResult ? nameFrom(job, at, String(outcome)) : undefined
  } catch {
    return undefined
  }
}

/** Whether a text without a line end is what is left of a result that was being written. */
export function isTornResult(text: string): boolean {
  const time = text.slice(0, TIME).replaceAll(/[0-9]/g, '0')
  const job = text.slice(JOB, BEGINNING.length)
  const shape = job.replace(/^[0-9a-f]*/, (digits) => 'f'.repeat(digits.length))
  return BEGINNING.startsWith(time + text.slice(TIME, JOB) + shape) || /^\0*$/.test(text)
}
