import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A gateway with all the cards there are. */
export interface CardGateway extends Disposable {
  readonly url: string
}

/** Starts the gateway in its own process. */
export async function startGateway(): Promise<CardGateway> {
  const child = fork(fileURLToPath(new URL('gateway.ts', import.meta.url)))
  const [url]: unknown[] = await once(child, 'message')
  return { url: String(url), [Symbol.dispose]: () => child.disconnect() }
}
