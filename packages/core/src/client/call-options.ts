import type { LastSeen } from '../errors/unknown-outcome-error.ts'
import type { Signer, Verifier } from '../signing/ports.ts'
import type { Transport } from '../transport/port.ts'
import type { Clock } from './clock.ts'
import type { SettleMode } from './config.ts'
import type { OnEvent } from './events.ts'
import type { Evidence } from './reply.ts'

/** What is known right before a request that changes something is sent. */
export interface BeforeSendingFacts {
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

/** @deprecated The name until 1.0 of `BeforeSendingFacts`. */
export type Look = BeforeSendingFacts

/** A hook that is awaited before each request that changes something: see `CallOptions`. */
export type BeforeSending = (facts: BeforeSendingFacts) => Promise<void>

/** The options of a single call. */
export interface CallOptions {
  /** Ends the call early: while connecting, waiting, settling, or while the reply comes in. */
  readonly signal?: AbortSignal | undefined
  /** How this call is settled, in place of the client's `settle`. */
  readonly settle?: SettleMode | undefined
  /** The products under which an agreement may be bound, in place of the client's `payTypes`. */
  readonly payTypes?: readonly string[] | undefined
  /**
   * Awaited right before each request that changes something is sent, with what the list of bound cards
   * showed. Use it to record that the change may have been sent from here on. If it throws, nothing more
   * is sent, and the call ends with a `CallbackError`.
   */
  readonly beforeSending?: BeforeSending | undefined
  /**
   * Whether an earlier call for the same change saw the agreement listed and may have sent its request
   * (default: false). An agreement that is no longer listed is then the outcome, and a refusal is not
   * believed before the list was queried again.
   */
  readonly resume?: boolean | undefined
  /** The clock of this call, in place of the client's. */
  readonly clock?: Clock | undefined
}

/** The parts of a caller; `@llpay/node` and `@llpay/edge` assemble them. */
export interface CallerParts {
  readonly oidPartner: string
  readonly baseUrl?: string | undefined
  readonly timeoutMs: number
  readonly signer: Signer
  readonly verifiers: readonly Verifier[]
  readonly transport: Transport
  /** How often a request that was not delivered is retried, and a change sent once more (default: 2). */
  readonly retry?: number | undefined
  readonly settle?: SettleMode | undefined
  /** The products under which an agreement may be bound (default: 2, 3, D, P, M, F, N). */
  readonly payTypes?: readonly string[] | undefined
  readonly onEvent?: OnEvent | undefined
  /** The clock of every call; default: the runtime's. */
  readonly clock?: Clock | undefined
}
