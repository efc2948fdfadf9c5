import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import type { Addresses } from './gateway.ts'

/** A gateway in its own process. */
export interface RunningGateway extends AsyncDisposable {
  readonly url: string
  /** Tells it something, or asks it; gives its reply as text. */
  ask(question: string, told?: unknown): Promise<string>
}

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

/** Starts a gateway and waits until it listens. */
export async function startGateway(...args: readonly string[]): Promise<RunningGateway> {
  const child = spawn(process.execPath, [...process.execArgv, MAIN, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  const lines = createInterface({ input: child.stdout })
  const [line] = await Promise.race([once(lines, 'line'), ended])
  if (typeof line !== 'string') throw new Error('the gateway did not start')
  const { url, control }: Addresses = JSON.parse(line)
  return {
    url,
    async ask(question, told = null) {
      const answer = await fetch(`${control}${question}`, {
        method: 'POST',
        body: JSON.stringify(told),
      })
      return answer.text()
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end()
      await ended
    },
  }
}
