import { fstatSync, statSync, writeSync } from 'node:fs'

const RETRY_MS = 5
const [NARROWEST, WIDEST] = [80, 120]

/** Where text goes: standard output or standard error. */
export interface Stream {
  /** Whether a terminal may be at the other end. */
  readonly isTerminal: boolean
  /** How wide lines may be: as the terminal, from 80 to 120; 80 for anything else. */
  readonly width: number
  /** Whether the reader has left. */
  readonly isClosed: boolean
  write(text: string): void
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? error.code : undefined

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS)
}

/**
 * Writes all of the text at once, also to a pipe that is full; a reader that has left is not an error.
 *
 * @returns whether the reader is still there.
 */
function writeAll(descriptor: number, text: string): boolean {
  let rest = new TextEncoder().encode(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') return false
      pause()
    }
  }
  return true
}

function isTerminal(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor)
    // The null device is a character device too.
    const nothing = statSync('/dev/null', { throwIfNoEntry: false })
    return stat.isCharacterDevice() && stat.rdev !== nothing?.rdev
  } catch {
    return false
  }
}

/** Loads Node's network stack, so only where there is a terminal to ask. */
function terminalWidth(descriptor: 1 | 2): number {
  const { columns } = descriptor === 1 ? process.stdout : process.stderr
  return Math.min(WIDEST, Math.max(NARROWEST, columns ?? NARROWEST))
}

/**
 * Opens a standard stream by its descriptor. `process.stdout` would load Node's network stack, which
 * takes longer than all that a dry run does.
 */
export function openStream(descriptor: 1 | 2): Stream {
  const isTty = isTerminal(descriptor)
  let width: number | undefined
  let isClosed = false
  return {
    isTerminal: isTty,
    get width() {
      width ??= isTty ? terminalWidth(descriptor) : NARROWEST
      return width
    },
    get isClosed() {
      return isClosed
    },
    write(text) {
      isClosed = !writeAll(descriptor, text) || isClosed
    },
  }
}
