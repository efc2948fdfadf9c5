import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'

import type { NotificationHandler } from '@llpay/core/notifications'

/** A listener for `node:http`, Express and Fastify. It resolves once the response is written. */
export type NodeListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** No part of a notification depends on where it was sent. */
const ANYWHERE = 'http://localhost/'

/** The bytes that a parser kept: Express's `raw()` in `body`, some platforms in `rawBody`. */
function keptBytes(request: IncomingMessage): Uint8Array | undefined {
  return ['rawBody', 'body']
    .map((name): unknown => Reflect.get(request, name))
    .find((value) => value instanceof Uint8Array)
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  if (incoming.method !== 'POST') return new Request(ANYWHERE)
  const headers = { 'content-type': incoming.headers['content-type'] ?? '' }
  const kept = keptBytes(incoming)
  const isRead = kept === undefined && incoming.readableDidRead
  const body = kept ?? (isRead ? '' : Readable.toWeb(incoming))
  const request = new Request(ANYWHERE, { method: 'POST', headers, body, duplex: 'half' })
  // The handler then refuses it as read, and says which line to move.
  if (isRead) await request.text()
  return request
}

/**
 * Makes a listener for `node:http`, Express and Fastify of a notification handler. It reads the raw stream
 * itself, so it must come before any body parser; bytes that `express.raw()` left in `body` are used as well.
 * The listener never rejects.
 *
 * @example
 * import { createServer } from 'node:http'
 * import { createNotificationHandler, toNodeListener } from '@llpay/node'
 * declare const config: Parameters<typeof createNotificationHandler<'payment'>>[0]
 * const listener = toNodeListener(createNotificationHandler(config))
 * createServer((request, response) => void listener(request, response)).listen(3000)
 */
export function toNodeListener(handle: NotificationHandler): NodeListener {
  return async (incoming, outgoing) => {
    const response = await handle(await toRequest(incoming))
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(await response.text())
  }
}
