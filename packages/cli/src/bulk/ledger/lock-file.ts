import { createHash } from 'node:crypto'

import { TransportError } from '@llpay/core'

import { t } from '../../output/language.ts'
import { errorText } from '../../program/errors.ts'
import { readText } from './disk.ts'
import type { ProcessMark, Platform, Processes } from './platform.ts'

const KIND = 'unbind-lock'
const BEAT_DIGITS = 12
const NAME_DIGITS = 16
/** A lock that llpay 0 wrote: process number and start. */
const EARLIER = /^([1-9][0-9]{0,9}) ([0-9]*)$/

/** What a lock says of the run that holds it. */
export interface Holder extends ProcessMark {
  /** Random, and this run's alone. */
  readonly token: string
}

/** The contents of a lock. `earlier` ones have no counter; `torn` ones say nothing at all. */
export type LockText =
  | { readonly kind: 'whole'; readonly name: string; readonly holder: Holder }
  | {
      readonly kind: 'earlier'
      readonly name: string
      readonly holder: Pick<Holder, 'pid' | 'start'>
    }
  | { readonly kind: 'torn'; readonly name: string }

const digest = (text: string) =>
  createHash('sha256').update(text).digest('hex').slice(0, NAME_DIGITS)

const showBeat = (beat: number) => String(beat).padStart(BEAT_DIGITS, '0')

/** Writes the counter of a lock. Its length never changes, so that it can be written over. */
export const beatText = showBeat

/** Writes a lock, and says where its counter stands. */
export function writeLockText({ token, pid, start, boot, pidNamespace }: Holder): {
  readonly text: string
  readonly beatAt: number
} {
  const facts = { llpay: KIND, token, pid, start, boot, pid_namespace: pidNamespace }
  const text = `${JSON.stringify({ ...facts, beat: showBeat(0) })}\n`
  return { text, beatAt: Buffer.byteLength(text) - BEAT_DIGITS - '"}\n'.length }
}

function readHolder(text: string): Holder | undefined {
  try {
    const { llpay, token, pid, start, boot, pid_namespace }: Record<string, unknown> =
      JSON.parse(text)
    const isHolder =
      llpay === KIND &&
      typeof token === 'string' &&
      typeof pid === 'number' &&
      typeof start === 'string' &&
      typeof boot === 'string' &&
      typeof pid_namespace === 'string'
    return isHolder ? { token, pid, start, boot, pidNamespace: pid_namespace } : undefined
  } catch {
    return undefined
  }
}

export function readLockText(text: string): LockText {
  const holder = readHolder(text)
  if (holder !== undefined) return { kind: 'whole', name: digest(holder.token), holder }
  const [, pid, start = ''] = EARLIER.exec(text.trimEnd()) ?? []
  if (pid === undefined) return { kind: 'torn', name: digest(text) }
  return { kind: 'earlier', name: digest(text), holder: { pid: Number(pid), start } }
}

/** How often a lock is looked at, to see whether its run counts. */
const LOOK_MS = 500
/** A run that has not counted for so long does not work any more, or will notice that it lost its lock. */
const SILENT_MS = 60_000
/** What is torn was never held: the run ended while it wrote it. */
const TORN_MS = 2_000
const TELL_MS = 3_000

/** How the waiting for another run is reported and ended. */
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
  const text = errorText(
    'bulk.interrupted',
    t('Interrupted before anything was sent.', '在发出任何请求之前被中断。'),
  )
  throw new TransportError('ERR_TRANSPORT_ABORTED', text, { delivered: 'no' })
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
