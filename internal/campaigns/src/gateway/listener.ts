import { once } from 'node:events'
import { type ServerResponse, createServer, type RequestListener, type Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

/** What a play on the wire can do. */
export interface Turn {
  readonly response: ServerResponse
  /** Carries the request out; gives the body that would be sent. */
  readonly carryOut: () => Promise<Buffer>
  readonly restart: () => Promise<void>
}

/** Faults below HTTP, which the sandbox cannot play by itself. */
export const WIRE_PLAYS: ReadonlyMap<string, (turn: Turn) => Promise<void>> = new Map([
  [
    '@cut',
    async ({ response, carryOut }: Turn) => {
      const body = await carryOut()
      response.writeHead(200, { 'content-length': body.length })
      response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy())
    },
  ],
  [
    '@headers-only',
    async ({ response, carryOut }: Turn) => {
      const { length } = await carryOut()
      response.writeHead(200, { 'content-length': length })
      response.flushHeaders()
      response.socket?.end()
    },
  ],
  ['@restart-before', ({ restart }: Turn) => restart()],
  [
    '@restart-after',
    async ({ carryOut, restart }: Turn) => {
      await carryOut()
      await restart()
    },
  ],
])

const DOWN_MS = 30
/** Something else may have taken the port meanwhile, as one end of its own connection. */
const ATTEMPTS = 2000

/** A listener on loopback that can be restarted on its port. */
export class Listener {
  readonly #handler: RequestListener
  #server: Server | undefined
  #port = 0
  #restarting: Promise<void> | undefined

  constructor(handler: RequestListener) {
    this.#handler = handler
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  async listen(): Promise<void> {
    const server = createServer(this.#handler).listen(this.#port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    this.#port = address.port
    this.#server = server
  }

  /** Cuts every connection, is away for a moment, and comes back. */
  restart(): Promise<void> {
    this.#restarting ??= this.#restart().finally(() => {
      this.#restarting = undefined
    })
    return this.#restarting
  }

  async #restart(): Promise<void> {
    this.#server?.close()
    this.#server?.closeAllConnections()
    await delay(DOWN_MS)
    for (let left = ATTEMPTS; ; left -= 1) {
      try {
        await this.listen()
        return
      } catch (error) {
        if (left === 0) throw error
        await delay(DOWN_MS)
      }
    }
  }
}
