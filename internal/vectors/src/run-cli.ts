import { spawn, type ChildProcess } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** The built command line. */
export const CLI_FILE: string = fileURLToPath(
  new URL('../../../packages/cli/dist/bin.js', import.meta.url),
)

/** How a run of the command line ended. */
export interface CliRun {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A run that is under way. */
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

/** Runs the command line to its end. */
export function runCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  stdin: string | Uint8Array = '',
): Promise<CliRun> {
  return startCli(args, env, stdin).ended
}
