import { TransportError } from '@llpay/core'

import { readText } from './disk.ts'
import { readLockText, type LockText } from './lock-file.ts'
import type { Platform } from './platform.ts'
import type { Processes } from './processes.ts'

/** How often a lock is looked at, to see whether its run counts. */
const LOOK_MS = 500
/** A run that has not counted for so long does not work any more, or will notice that it lost its lock. */
const SILENT_MS = 60_000
/** What is torn was never held: the run ended while it wrote it. */
const TORN_MS = 2_000
const TELL_MS = 3_000

/** How the waiting for another run is told and ended. */
export interface Patience {
  readonly signal?: AbortSignal | undefined
  /** Called once, where it takes a while to find out whether another run still works. */
  readonly onWait?: (() => void) | undefined
}

/** A lock file as it was found. */
export interface SeenLock {
  readonly path: string
  readonly text: string
  readonly lock: LockText
}

/** Whether it is certain that the run of a lock has ended. */
function hasEnded(lock: LockText, processes: Processes): boolean {
  if (lock.kind !== 'whole') return false
  const own = processes.own()
  const { boot, pidNamespace } = lock.holder
  return boot === own.boot && pidNamespace === own.pidNamespace && processes.isGone(lock.holder)
}

function checkSignal(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return
  const message = 'Interrupted before anything was sent.'
  throw new TransportError('ERR_TRANSPORT_ABORTED', message, { delivered: 'no' })
}

/**
 * Finds out whether the run that made a lock still works, which may take a minute.
 *
 * @returns `changed` where another lock has taken its place meanwhile.
 * @throws {TransportError} `ERR_TRANSPORT_ABORTED` where the waiting was interrupted.
 */
export async function judgeLock(
  { path, text, lock }: SeenLock,
  ledger: string,
  { clock, disk, processes }: Platform,
  { signal, onWait }: Patience,
): Promise<'working' | 'ended' | 'changed'> {
  const silence = lock.kind === 'torn' ? TORN_MS : SILENT_MS
  const size = disk.size(ledger)
  let [quiet, last, isTold] = [0, clock.now(), false]
  while (!hasEnded(lock, processes)) {
    if (lock.kind === 'earlier' && !processes.isGone(lock.holder)) return 'working'
    if (quiet >= silence) return 'ended'
    if (!isTold && quiet > TELL_MS) {
      isTold = true
      onWait?.()
    }
    await clock.sleep(LOOK_MS, signal)
    checkSignal(signal)
    const now = readText(disk, path)
    if (now === undefined || readLockText(now).name !== lock.name) return 'changed'
    if (now !== text) return 'working'
    // It has no counter; but who works on a ledger writes to it.
    if (lock.kind === 'earlier' && disk.size(ledger) !== size) return 'working'
    // Both may have slept, in containers that were paused: what counts is the time that was watched.
    quiet += Math.min(clock.now() - last, 2 * LOOK_MS)
    last = clock.now()
  }
  return 'ended'
}
