import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The gateway of the benches. */
export interface BenchGateway extends Disposable {
  readonly port: number
}

/** Starts the gateway in its own process, with a reply per key and protocol. */
export async function startGateway(keys: readonly string[]): Promise<BenchGateway> {
  const file = fileURLToPath(new URL('process.ts', import.meta.url))
  const child = fork(file, [...keys])
  const [port]: unknown[] = await once(child, 'message')
  return { port: Number(port), [Symbol.dispose]: () => child.disconnect() }
}
