import { RejectedError } from '../../errors/rejected-error.ts'

const USUAL_MS = [1_000, 2_000, 4_000]
const STILL_RUNNING_MS = [3_000, 6_000, 12_000]

/** Codes by which LianLian says that it is still at work. */
const STILL_RUNNING = ['2004', '2005', '2008']

/** How long to wait before each question after a doubt; longer while LianLian is at work. */
export function settleDelays(error: unknown): readonly number[] {
  const code = error instanceof RejectedError ? (error.returnCode ?? '') : ''
  return STILL_RUNNING.includes(code) ? STILL_RUNNING_MS : USUAL_MS
}
