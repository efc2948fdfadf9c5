import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import { connect, createServer as createTcpServer, type Server as TcpServer } from 'node:net'

/** A server on a free port of this machine, for one test. */
export interface LocalServer extends AsyncDisposable {
  readonly url: string
  /** How many connections were opened. */
  connections(): number
  /** How many requests came in. */
  requests(): number
}

function portOf(server: TcpServer): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Lets a server listen on 127.0.0.1, and closes it with all of its connections at the end. */
export async function listenLocally(
  server: Server | TlsServer,
  scheme: 'http' | 'https',
): Promise<LocalServer> {
  let connections = 0
  let requests = 0
  server.on('connection', () => {
    connections += 1
  })
  server.on('request', () => {
    requests += 1
  })
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  return {
    url: `${scheme}://127.0.0.1:${portOf(server)}`,
    connections: () => connections,
    requests: () => requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => {
        server.close(done)
      })
    },
  }
}

/** What a server does with a request; it may take its time. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown

/** Serves plain http with a handler. */
export function serve(handler: Handler): Promise<LocalServer> {
  const server = createServer((request, response) => {
    handler(request, response)
  })
  return listenLocally(server, 'http')
}

/** Reads a request's body as text. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}

/**
 * An address of this machine on which nothing listens, nor can begin to: one end of a connection has
 * its port for as long as this process lives.
 */
export async function closedUrl(): Promise<string> {
  const server = createTcpServer((socket) => socket.unref()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect(portOf(server), '127.0.0.1')
  await once(socket, 'connect')
  socket.unref()
  server.unref()
  return `http://127.0.0.1:${socket.localPort}`
}

/**
 * Calls back whenever undici, or the `fetch` of Node, has read the headers of a response from a server
 * of this process.
 *
 * @returns how to end that.
 */
export function onResponseHeaders(url: string, callback: () => void): () => void {
  const listen = (message: unknown) => {
    const { request }: { request: { origin: unknown } } = Object(message)
    if (String(request.origin) === url) callback()
  }
  subscribe('undici:request:headers', listen)
  return () => void unsubscribe('undici:request:headers', listen)
}
