import type { Deadline } from './deadline.ts'

/** Waits, but no longer than the call may take, and not at all once it was aborted. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>

/** Resolves after a while, or as soon as the signal aborts. */
export const wait: Wait = (milliseconds, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const timer = setTimeout(done, milliseconds)
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done, { once: true })
  })

/** Waits within a call; throws where the call ended meanwhile. */
export async function pause(milliseconds: number, deadline: Deadline, sleep: Wait): Promise<void> {
  await sleep(milliseconds, deadline.signal)
  const failure = deadline.failure('no')
  if (failure !== undefined) throw failure
}
