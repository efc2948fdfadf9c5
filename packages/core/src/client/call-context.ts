import type { BeforeSending, CallerParts, CallOptions } from './call-options.ts'
import { systemClock, type Clock } from './clock.ts'
import type { SettleMode } from './config.ts'
import { startDeadline, type Deadline } from './deadline.ts'
import { createEmitter, type OnEvent } from './events.ts'
import type { RetryBudget } from './retry.ts'

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

/** Starts a call and its deadline. */
export function openCall(
  parts: CallerParts,
  options: CallOptions | undefined,
  budget: RetryBudget,
): CallContext {
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
