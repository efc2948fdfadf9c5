import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Worker } from 'node:worker_threads'

import type { CliRequest, CliRun } from './cli-thread.ts'
import { ROOT } from './repository.ts'

export type { CliRun }

/** The built command line. */
export const CLI_FILE: string = join(ROOT, 'packages/cli/dist/bin.js')

/** A run that is in flight. */
export interface StartedCli {
  readonly child: ChildProcess
  readonly ended: Promise<CliRun>
}

/** Starts the command line with nothing in its environment but what is given. */
export function startCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  stdin: string | Uint8Array = '',
): StartedCli {
  const child = spawn(process.execPath, [CLI_FILE, ...args], { env: { ...env }, stdio: 'pipe' })
  const status = new Promise<number | null>((resolve) => {
    child.once('close', resolve)
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(stdin)
  const ended = Promise.all([status, text(child.stdout), text(child.stderr)]).then(
    ([code, stdout, stderr]): CliRun => ({ status: code, stdout, stderr }),
  )
  return { child, ended }
}

/** What depends on being a process: its files, its signals, or what Node reads when it starts. */
function needsProcess(args: readonly string[], env: Readonly<Record<string, string>>): boolean {
  return (
    args.includes('unbind-many') ||
    args.includes('sandbox') ||
    args.join() === '--version' ||
    Object.keys(env).some((name) => name.startsWith('NODE_'))
  )
}

const idle: Worker[] = []

/** Runs the command line in a thread that has nothing else to do. */
async function runInThread(request: CliRequest): Promise<CliRun> {
  const file = new URL('cli-thread.ts', import.meta.url)
  const thread = idle.pop() ?? new Worker(file, { workerData: CLI_FILE, env: {}, execArgv: [] })
  thread.ref()
  thread.postMessage(request, [])
  // A thread that breaks emits an error, which rejects.
  const [run]: CliRun[] = await once(thread, 'message')
  thread.unref()
  idle.push(thread)
  if (run === undefined) throw new Error('the command line did not end')
  return run
}

/**
 * Runs the command line to its end, in its own process only where that matters: most of what a
 * process costs is the start of Node.
 */
export function runCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  stdin: string | Uint8Array = '',
): Promise<CliRun> {
  if (needsProcess(args, env)) return startCli(args, env, stdin).ended
  return runInThread({ args, env, stdin: Buffer.from(stdin) })
}

/** How a run at a terminal ended: what appeared on the screen, and the exit status. */
export interface TerminalRun {
  readonly status: number | null
  readonly output: string
}

/** What a terminal is like. */
export interface TerminalOptions {
  /** Typed before the command line is started: it has arrived when it starts. */
  readonly typedAhead?: string
  /** How wide it is. */
  readonly columns?: number
}

const quote = (word: string) => `'${word.replaceAll("'", String.raw`'\''`)}'`

/**
 * Runs the command line at a pseudo-terminal, which `script` of util-linux makes, and types each
 * reply when its question has appeared.
 *
 */
export async function runInTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  answers: readonly (readonly [question: string, answer: string])[],
  { typedAhead, columns = 80 }: TerminalOptions = {},
): Promise<TerminalRun> {
  const command = [process.execPath, CLI_FILE, ...args].map(quote).join(' ')
  const run = typedAhead === undefined ? command : `read -r _; exec ${command}`
  const prepared = `stty cols ${columns}; ${run}`
  const child = spawn('script', ['-qec', prepared, '/dev/null'], {
    env: { ...env, PATH: process.env['PATH'] ?? '', NO_COLOR: '1', SHELL: '/bin/sh' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  if (typedAhead !== undefined) child.stdin.write(`\r${typedAhead}`)
  let output = ''
  let seen = 0
  const left = [...answers]
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (chunk: string) => {
    output += chunk
    const [next] = left
    if (next === undefined) return
    const place = output.indexOf(next[0], seen)
    if (place < 0) return
    seen = place + next[0].length
    left.shift()
    child.stdin.write(`${next[1]}\r`)
  })
  const status = await new Promise<number | null>((resolve) => {
    child.once('close', resolve)
  })
  return { status, output }
}
