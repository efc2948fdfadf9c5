import { fstatSync, writeSync } from 'node:fs'

const RETRY_MS = 5

/** Where text goes: standard output or standard error. */
export interface Stream {
  /** Whether a terminal may be at the other end. */
  readonly isTerminal: boolean
  write(text: string): void
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? error.code : undefined

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS)
}

/** Writes all of the text at once, also to a pipe that is full; a reader that has left is ignored. */
function writeAll(descriptor: number, text: string): void {
  let rest = new TextEncoder().encode(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') return
      pause()
    }
  }
}

function isTerminal(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice()
  } catch {
    return false
  }
}

/**
 * Opens a standard stream by its descriptor. `process.stdout` would load Node's network stack, which
 * takes longer than all that a dry run does.
 */
export function openStream(descriptor: 1 | 2): Stream {
  return {
    isTerminal: isTerminal(descriptor),
    write: (text) => writeAll(descriptor, text),
  }
}
