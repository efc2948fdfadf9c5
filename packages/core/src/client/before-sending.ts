import { CallbackError } from '../errors/callback-error.ts'
import type { Delivered } from '../errors/ll-pay-error.ts'
import type { LastSeen } from '../errors/unknown-outcome-error.ts'
import type { Evidence } from './reply.ts'

/** What is known when a request that changes something is about to be sent. */
export interface Look {
  /** What the list of bound cards showed last; `null` where it was not queried. */
  readonly seen: LastSeen
  /** What proves that the agreement is not listed: the weakest of the lists that said so. */
  readonly evidence?: Exclude<Evidence, 'signed-reply'>
  /** Where it is not listed: whether the lists of the other products rule it out too. */
  readonly isNowhere?: boolean
  /** Where it is nowhere: the products whose lists said that it is absent. */
  readonly queried?: readonly string[]
  /** Where it is nowhere: the products that the merchant, or the list, does not have. */
  readonly undecided?: readonly string[]
  /** The error that querying the list ended with, where that is why nothing is known. */
  readonly cause?: unknown
}

/** See `CallOptions`. */
export type BeforeSending = (look: Look) => Promise<void>

/**
 * Runs the caller's hook before a request is sent.
 *
 * @param delivered whether an earlier request of the call may have been carried out.
 * @throws {CallbackError} `ERR_CALLBACK` where the hook throws.
 */
export async function beforeSend(
  hook: BeforeSending | undefined,
  look: Look,
  delivered: Delivered,
): Promise<void> {
  try {
    await hook?.(look)
  } catch (cause) {
    const rest =
      delivered === 'no'
        ? 'nothing was sent'
        : 'nothing more was sent, but an earlier request may have been carried out'
    throw new CallbackError(
      `beforeSending threw, so ${rest}. Its error is the cause of this one.`,
      { cause, delivered },
    )
  }
}
