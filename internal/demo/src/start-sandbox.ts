import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

import { CLI_FILE } from './cli-file.ts'

/** A sandbox in its own process. */
export interface RunningSandbox {
  readonly url: string
  /** The variables that point the command line at it. */
  readonly environment: Readonly<Record<string, string>>
  readonly stop: () => Promise<void>
}

/** Starts `llpay sandbox` on a free port and waits until it listens. */
export async function startSandbox(flags: readonly string[] = []): Promise<RunningSandbox> {
  const child = spawn(process.execPath, [CLI_FILE, 'sandbox', '--json', '--port', '0', ...flags], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(child, 'close')
  const lines = createInterface({ input: child.stdout })
  const started = await Promise.race([once(lines, 'line'), ended])
  const line: unknown = started[0]
  if (typeof line !== 'string') throw new Error('the sandbox did not start')
  const { sandbox } = JSON.parse(line)
  return {
    url: sandbox.url,
    environment: sandbox.environment,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
