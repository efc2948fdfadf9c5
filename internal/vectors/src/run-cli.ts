import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

import type { CliRequest, CliRun } from './cli-thread.ts'

/** The built command line. */
export const CLI_FILE: string = fileURLToPath(
  new URL('../../../packages/cli/dist/bin.js', import.meta.url),
)

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
