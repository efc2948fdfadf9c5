import type { ServerResponse } from 'node:http'

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
