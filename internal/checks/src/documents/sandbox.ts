import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

import type { Place } from './run-in-shell.ts'

/** A sandbox that a document started, or needs. */
export interface RunningSandbox {
  /** The variables that it tells its user to export. */
  readonly environment: Readonly<Record<string, string>>
  stop(): Promise<void>
}

/** Starts a sandbox by the line of a document, and waits until it listens. */
export async function startSandbox(
  command: string,
  { folder, env }: Place,
): Promise<RunningSandbox> {
  const [line = ''] = command.split('#')
  // Documents are checked beside each other: the default port would be taken.
  const child = spawn('bash', ['-c', `exec ${line.trim()} --port 0 --json`], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const closed = once(child, 'close')
  const started = await Promise.race([once(createInterface(child.stdout), 'line'), closed])
  const [first]: unknown[] = started
  if (typeof first !== 'string') throw new Error(`${line} did not start`)
  return {
    environment: JSON.parse(first).sandbox.environment,
    async stop() {
      child.kill()
      await closed
    },
  }
}
