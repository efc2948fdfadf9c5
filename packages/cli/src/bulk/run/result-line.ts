import type { OutcomeRecord } from '../ledger/record.ts'

/** An outcome as it is told: a line of JSON. */
export function toResultLine({ at, ...record }: OutcomeRecord): string {
  return `${JSON.stringify({ at: new Date(at).toISOString(), ...record, event: undefined })}\n`
}

/** Which outcome a line tells, if it tells one. */
export function readResultLine(text: string): { job: string; at: number } | undefined {
  try {
    const { job, at }: Record<string, unknown> = JSON.parse(text)
    if (typeof job !== 'string' || typeof at !== 'string') return undefined
    return { job, at: Date.parse(at) }
  } catch {
    return undefined
  }
}
