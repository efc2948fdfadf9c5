import { fstatSync, statSync, writeSync } from 'node:fs'

const RETRY_MS = 5
/** The other end of a pipe was closed, or the stream itself: nobody wants the rest. */
const READER_LEFT = ['EPIPE', 'ECONNRESET', 'EBADF']
const [NARROWEST, WIDEST] = [80, 120]

/** Where text goes: standard output or standard error. */
export interface Stream {
  /** Whether a terminal may be at the other end. */
  readonly isTerminal: boolean
  /** How wide lines may be: as the terminal, from 80 to 120; 80 for anything else. */
  readonly width: number
  /** Whether nothing more can be written: the reader has left, or writing failed. */
  readonly isClosed: boolean
  /** The system's code for why writing failed, such as `ENOSPC`; `undefined` where the reader left. */
  readonly failure: string | undefined
  write(text: string): void
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'EUNKNOWN'

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS)
}

/**
 * Writes all of the text at once, also to a pipe that is full.
 *
 * @returns the system's code where that failed.
 */
function writeAll(descriptor: number, text: string): string | undefined {
  let rest = new TextEncoder().encode(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
    } catch (error) {
      const code = codeOf(error)
      if (code !== 'EAGAIN') return code
      pause()
    }
  }
  return undefined
}

const nodeStream = (descriptor: 1 | 2) => (descriptor === 1 ? process.stdout : process.stderr)

/** Asks Node, which loads its network stack, only about what may be a terminal: not the null device. */
function isTerminal(descriptor: 1 | 2): boolean {
  try {
    const stat = fstatSync(descriptor)
    const nothing = statSync('/dev/null', { throwIfNoEntry: false })
    return stat.isCharacterDevice() && stat.rdev !== nothing?.rdev && nodeStream(descriptor).isTTY
  } catch {
    return false
  }
}

function terminalWidth(descriptor: 1 | 2): number {
  const { columns } = nodeStream(descriptor)
  return Math.min(WIDEST, Math.max(NARROWEST, columns ?? NARROWEST))
}

/**
 * Opens a standard stream by its descriptor. `process.stdout` would load Node's network stack, which
 * takes longer than all that a dry run does.
 */
export function openStream(descriptor: 1 | 2): Stream {
  const isTty = isTerminal(descriptor)
  let width: number | undefined
  let stopped: string | undefined
  return {
    isTerminal: isTty,
    get width() {
      width ??= isTty ? terminalWidth(descriptor) : NARROWEST
      return width
    },
    get isClosed() {
      return stopped !== undefined
    },
    get failure() {
      return stopped === undefined || READER_LEFT.includes(stopped) ? undefined : stopped
    },
    write(text) {
      stopped ??= writeAll(descriptor, text)
    },
  }
}
