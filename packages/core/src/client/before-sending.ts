import type { LastSeen } from '../errors/unknown-outcome-error.ts'
import type { Evidence } from './reply.ts'

/** What is known when a request that changes something is about to be sent. */
export interface Look {
  /** What the list of bound cards said last; `null` where it was not asked. */
  readonly seen: LastSeen
  /** What proves that the agreement is not listed. */
  readonly evidence?: Exclude<Evidence, 'signed-reply'>
  /** Where it is not listed: whether the lists of the other products all said the same. */
  readonly isNowhere?: boolean
  /** The error that asking the list ended with, where that is why nothing is known. */
  readonly cause?: unknown
}

/** See `CallOptions`. */
export type BeforeSending = (look: Look) => Promise<void>

/** Ends a call because the caller wants nothing sent; `cause` is what it threw. */
export class Held extends Error {
  constructor(cause: unknown) {
    super('held', { cause })
  }
}

/** Tells the caller that a request is about to be sent. */
export async function announce(
  beforeSending: BeforeSending | undefined,
  look: Look,
): Promise<void> {
  try {
    await beforeSending?.(look)
  } catch (error) {
    throw new Held(error)
  }
}
