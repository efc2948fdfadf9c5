import type { Delivered } from '../errors/ll-pay-error.ts'
import { TransportError } from '../errors/transport-error.ts'
import type { Clock } from './clock.ts'

/** The one deadline of a call, joined with the caller's own signal. */
export interface Deadline {
  readonly signal: AbortSignal
  /** The error for what ended the call; `undefined` while it may go on. */
  failure(delivered: Delivered): TransportError | undefined
  /** Calls back when the call ends early, until the returned function is called. */
  onEnd(callback: () => void): () => void
  /** Waits for a step that sends nothing, but no longer than the call may take. */
  cover<T>(step: Promise<T>): Promise<T>
  dispose(): void
}

const AFTER: Readonly<Record<Delivered, string>> = {
  no: 'Nothing was sent.',
  yes: 'The request was refused.',
  unknown: 'The request may have been sent.',
}

const followers = new WeakMap<AbortSignal, Set<() => void>>()

/**
 * Calls back when a signal aborts, until the returned function is called. Many calls may share a signal,
 * and Node 20 warns of a leak above ten listeners: here it has one.
 */
function follow(signal: AbortSignal, onAbort: () => void): () => void {
  const known = followers.get(signal)
  const callbacks = known ?? new Set<() => void>()
  if (known === undefined) {
    followers.set(signal, callbacks)
    const abortAll = () => callbacks.forEach((abort) => abort())
    signal.addEventListener('abort', abortAll, { once: true })
  }
  callbacks.add(onAbort)
  return () => callbacks.delete(onAbort)
}

/** Starts the deadline of a call, or of a part of it. */
export function startDeadline(
  clock: Clock,
  timeoutMs: number,
  outer: AbortSignal | undefined,
): Deadline {
  const controller = new AbortController()
  const timer = new AbortController()
  let timedOut = false
  // Callbacks of our own cost a fraction of an event listener's.
  const callbacks = new Set<() => void>()
  const abort = () => {
    controller.abort()
    callbacks.forEach((call) => call())
    callbacks.clear()
  }
  const timeOut = () => {
    if (timer.signal.aborted) return
    timedOut = true
    abort()
  }
  clock.sleep(timeoutMs, timer.signal).then(timeOut, timeOut)
  if (outer?.aborted === true) abort()
  const unfollow = outer === undefined ? undefined : follow(outer, abort)
  const { signal } = controller
  const ended = (delivered: Delivered) =>
    timedOut
      ? new TransportError(
          'ERR_TRANSPORT_TIMEOUT',
          {
            reason: 'transport.timeout',
            message: `The call timed out after ${timeoutMs} ms. ${AFTER[delivered]}`,
            params: { timeoutMs },
          },
          { delivered },
        )
      : new TransportError(
          'ERR_TRANSPORT_ABORTED',
          {
            reason: 'transport.aborted',
            message: `The caller aborted the call. ${AFTER[delivered]}`,
          },
          { delivered },
        )
  const onEnd = (callback: () => void) => {
    if (signal.aborted) callback()
    else callbacks.add(callback)
    return () => void callbacks.delete(callback)
  }
  const waitForEnd = () =>
    new Promise<never>((_, reject) => {
      onEnd(() => reject(ended('no')))
    })
  let end: Promise<never> | undefined
  return {
    signal,
    failure: (delivered) => (signal.aborted ? ended(delivered) : undefined),
    onEnd,
    cover: (step) => Promise.race([step, (end ??= waitForEnd())]),
    dispose() {
      // A reason saves making an error for it.
      timer.abort(null)
      unfollow?.()
    },
  }
}
