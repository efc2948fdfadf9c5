import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** Where commands are run. */
export interface Place {
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** How a command ended. */
export interface Ending {
  readonly status: number | null
  readonly output: string
}

/** Runs one command in bash, with nothing on its standard input. */
export async function runInShell(command: string, { folder, env }: Place): Promise<Ending> {
  const child = spawn('bash', ['-c', command], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const status = new Promise<number | null>((resolve) => {
    child.once('close', resolve)
  })
  const [code, stdout, stderr] = await Promise.all([status, text(child.stdout), text(child.stderr)])
  return { status: code, output: stdout + stderr }
}
