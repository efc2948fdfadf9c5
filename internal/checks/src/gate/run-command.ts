import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'

/** One step of the gate: a command that must end well, in time. */
export interface Check {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  /** The name before the colon of the line with the totals that the command ends with. */
  readonly totals?: string
  /** What the output must contain. */
  readonly output?: RegExp
  /** Nothing after it makes sense when it fails. */
  readonly required?: true
  /** When to stop a command that hangs (default: 20 minutes). No outcome depends on it. */
  readonly timeoutSeconds?: number
}

/** How a command ended and what it printed. */
export interface Ending {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly timedOut: boolean
  /** Why the command could not be started. */
  readonly notStarted?: string
  readonly output: string
}

/** What a step adds to the sum. */
export interface Count {
  readonly passed: number
  readonly failed: number
}

/** Only ends what hangs: the slowest step takes a tenth of it. */
const SAFETY_NET_SECONDS = 1200
/** How long a stopped command has to end by itself. */
const GRACE_MS = 2000
/** How long an ended command's children may hold on to its output. */
const DRAIN_MS = 20_000

/** A command on its way. */
export interface Running {
  readonly ended: Promise<Ending>
  /** Ends the command and all that it started. */
  stop(signal: NodeJS.Signals): void
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The group is gone already.
  }
}

function exitOf(child: ChildProcess): Promise<Pick<Ending, 'exitCode' | 'signal' | 'notStarted'>> {
  return new Promise((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }))
    child.once('error', ({ message }) =>
      resolve({ exitCode: null, signal: null, notStarted: message }),
    )
  })
}

/**
 * Starts a command in its own process group, shows and keeps what it prints, and leaves nothing of
 * it running when it has ended or its time is over.
 */
export function runCommand(
  {
    command: [file, ...args],
    timeoutSeconds = SAFETY_NET_SECONDS,
  }: Pick<Check, 'command' | 'timeoutSeconds'>,
  cwd: string,
  show: (chunk: string) => void,
): Running {
  const child = spawn(file, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = exitOf(child)
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      show(chunk)
    })
  }
  let timedOut = false
  const stop = (signal: NodeJS.Signals): void => {
    signalGroup(child, signal)
    setTimeout(signalGroup, GRACE_MS, child, 'SIGKILL').unref()
  }
  const timer = setTimeout(() => {
    timedOut = true
    stop('SIGTERM')
  }, timeoutSeconds * 1000)

  const end = async (): Promise<Ending> => {
    const exit = await exited
    clearTimeout(timer)
    await Promise.race([closed, delay(DRAIN_MS, undefined, { ref: false })])
    signalGroup(child, 'SIGKILL')
    child.stdout.destroy()
    child.stderr.destroy()
    return { ...exit, timedOut, output }
  }
  return { ended: end(), stop }
}
