import { createHash } from 'node:crypto'

import type { ProcessMark } from './processes.ts'

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

/** Reads a lock. */
export function readLockText(text: string): LockText {
  const holder = readHolder(text)
  if (holder !== undefined) return { kind: 'whole', name: digest(holder.token), holder }
  const [, pid, start = ''] = EARLIER.exec(text.trimEnd()) ?? []
  if (pid === undefined) return { kind: 'torn', name: digest(text) }
  return { kind: 'earlier', name: digest(text), holder: { pid: Number(pid), start } }
}
