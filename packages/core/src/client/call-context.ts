import { CallbackError } from '../errors/callback-error.ts'
import { ConfigError } from '../errors/config-error.ts'
import type { Delivered, ErrorText } from '../errors/ll-pay-error.ts'
import { withoutPrototype } from '../json/json-value.ts'
import type { BeforeSending, BeforeSendingFacts, CallerParts, CallOptions } from './call-options.ts'
import { systemClock, type Clock } from './clock.ts'
import {
  checkClock,
  checkFunction,
  checkPayTypes,
  checkSettle,
  refuseUnknown,
  type SettleMode,
} from './config.ts'
import { startDeadline, type Deadline } from './deadline.ts'
import type { OnEvent } from './events.ts'

const CAPACITY = 10
const REFILL_PER_ANSWER = 0.1

/**
 * Keeps the repetitions of a client in proportion to its replies: when a gateway is down, thousands
 * of calls must not each repeat theirs.
 */
export class RetryBudget {
  #tokens = CAPACITY

  /** Takes a repetition out of the budget; false where none is left. */
  take(): boolean {
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }

  /** Notes that a request was replied. */
  refill(): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + REFILL_PER_ANSWER)
  }
}

const DEFAULT_RETRIES = 2

/** What one call shares between its requests. */
export interface CallContext {
  readonly parts: CallerParts
  /** The deadline of the whole call. */
  readonly deadline: Deadline
  readonly budget: RetryBudget
  readonly retries: number
  readonly emit: OnEvent
  readonly clock: Clock
  readonly settle: SettleMode
  /** The products under which an agreement may be bound; `undefined` for all known ones. */
  readonly payTypes: readonly string[] | undefined
  readonly beforeSending: BeforeSending | undefined
  /** Whether an earlier call may have sent the same change. */
  readonly resume: boolean
  /** Starts a deadline for a part of what is left of the call. */
  share(fraction: number): Deadline
}

const NAMES = ['signal', 'settle', 'payTypes', 'beforeSending', 'resume', 'clock']

const isSignal = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  typeof Reflect.get(value, 'addEventListener') === 'function'

const refuse = (text: ErrorText): never => {
  throw new ConfigError('ERR_CONFIG_INVALID', text)
}

/** Checks the options of a call as those of a client are checked. */
function checkCallOptions(options: CallOptions | undefined): void {
  if (options === undefined) return
  if (typeof options !== 'object' || options === null) {
    refuse({
      reason: 'call.options',
      message: 'The options of a call must be an object, such as { signal }.',
      hint: 'Leave them out if there are none.',
    })
  }
  refuseUnknown(Object.keys(options), NAMES, 'The call')
  const { signal, settle, payTypes, beforeSending, resume, clock } = options
  checkSettle(settle)
  checkPayTypes(payTypes)
  checkClock(clock)
  checkFunction('beforeSending', beforeSending)
  if (resume !== undefined && typeof resume !== 'boolean') {
    refuse({ reason: 'call.resume', message: 'resume must be true or false.' })
  }
  if (signal !== undefined && !isSignal(signal)) {
    refuse({ reason: 'call.signal', message: 'signal must be an AbortSignal.' })
  }
}

/** Wraps a listener that may be missing, and may throw. */
function createEmitter(onEvent: OnEvent | undefined): OnEvent {
  return (event) => {
    try {
      onEvent?.(event)
    } catch {
      // A listener observes; it must not decide what happens to a card.
    }
  }
}

/**
 * Checks the options of a call, and starts it and its deadline.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`, `ERR_CONFIG_UNKNOWN_OPTION`.
 */
export function openCall(
  parts: CallerParts,
  given: CallOptions | undefined,
  budget: RetryBudget,
): CallContext {
  checkCallOptions(given)
  const options = given && withoutPrototype(given)
  const clock = options?.clock ?? parts.clock ?? systemClock
  const started = clock.now()
  return {
    parts,
    budget,
    deadline: startDeadline(clock, parts.timeoutMs, options?.signal),
    retries: parts.retry ?? DEFAULT_RETRIES,
    emit: createEmitter(parts.onEvent),
    clock,
    settle: options?.settle ?? parts.settle ?? 'auto',
    payTypes: options?.payTypes ?? parts.payTypes,
    beforeSending: options?.beforeSending,
    resume: options?.resume === true,
    share(fraction) {
      const left = Math.max(0, parts.timeoutMs - (clock.now() - started))
      return startDeadline(clock, left * fraction, options?.signal)
    },
  }
}

/**
 * Runs the caller's hook before a request is sent.
 *
 * @param delivered whether an earlier request of the call may have been carried out.
 * @throws {CallbackError} `ERR_CALLBACK` where the hook throws.
 */
export async function beforeSend(
  hook: BeforeSending | undefined,
  facts: BeforeSendingFacts,
  delivered: Delivered,
): Promise<void> {
  try {
    await hook?.(facts)
  } catch (cause) {
    const rest =
      delivered === 'no'
        ? 'nothing was sent'
        : 'nothing more was sent, but an earlier request may have been executed'
    throw new CallbackError(
      {
        reason: delivered === 'no' ? 'callback.nothing-sent' : 'callback.may-have-been-sent',
        message: `beforeSending threw, so ${rest}. Its error is the cause of this one.`,
      },
      { cause, delivered },
    )
  }
}
