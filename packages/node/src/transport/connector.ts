import { Buffer } from 'node:buffer'
import type { Socket } from 'node:net'
import tls from 'node:tls'

import type { buildConnector } from 'undici'

import type { TlsSettings } from '../network/read-tls.ts'
import { connectionDefaults, unset } from '../network/unset.ts'

const INTERIM = 'HTTP/1.1 1'
const SWITCHING = 'HTTP/1.1 101'
const HEAD_END = '\r\n\r\n'
const MAX_HEAD_BYTES = 16_384
const NO_BYTES = Buffer.alloc(0)

/** The final response, or `undefined` while the bytes may still belong to an interim one. */
function finalResponse(bytes: Buffer): Buffer | undefined {
  let rest = bytes
  for (;;) {
    const start = rest.toString('latin1', 0, SWITCHING.length)
    const isInterim = INTERIM.startsWith(start.slice(0, INTERIM.length)) && start !== SWITCHING
    if (!isInterim) return rest
    const end = rest.indexOf(HEAD_END)
    if (end < 0) return rest.length > MAX_HEAD_BYTES ? rest : undefined
    rest = rest.subarray(end + HEAD_END.length)
  }
}

/**
 * Hides interim responses (100 Continue, 102, 103) from undici, which ends the connection at a 100
 * that it did not ask for. RFC 9110, 15.2 wants them read over. The reply to a request that was
 * carried out would be lost.
 */
function skipInterimReplies<S extends Socket>(socket: S): S {
  const read = socket.read.bind(socket)
  const write: (...args: Parameters<Socket['write']>) => boolean = socket.write.bind(socket)
  /** What came of the response before its end was decided; `undefined` within a final response. */
  let head: Buffer | undefined
  return Object.assign(socket, {
    write(...args: Parameters<Socket['write']>): boolean {
      // One request at a time: what comes behind the last write is the start of a response.
      head = NO_BYTES
      return write(...args)
    },
    read(size?: number): unknown {
      const chunk: unknown = read(size)
      if (head === undefined || !Buffer.isBuffer(chunk)) return chunk
      const received = head.length === 0 ? chunk : Buffer.concat([head, chunk])
      const response = finalResponse(received)
      head = response === undefined ? received : undefined
      return response ?? null
    },
  })
}

/** How long a connection to a gateway or a proxy may take. */
export const CONNECT_TIMEOUT_MS = 10_000

/**
 * Options of undici's pools. A pool opens at most 256 connections to its origin; further requests
 * queue, within their deadlines.
 */
export const POOL_OPTIONS = {
  ...unset('factory', 'interceptors', 'maxRequestsPerClient'),
  connections: 256,
  pipelining: 1,
  strictContentLength: true,
  allowH2: false,
}

/** What every handshake keeps to, whatever the process, the environment or a prototype says. */
function connectOptions(settings: TlsSettings): buildConnector.BuildOptions {
  return {
    ...connectionDefaults(),
    ...settings,
    timeout: CONNECT_TIMEOUT_MS,
    rejectUnauthorized: true,
    checkServerIdentity: tls.checkServerIdentity,
    minVersion: 'TLSv1.2',
    ciphers: tls.DEFAULT_CIPHERS,
    minDHSize: 1024,
    allowH2: false,
    maxCachedSessions: 100,
  }
}

/**
 * Connects to a gateway or a proxy, over the given socket or else over plain TCP.
 */
export type CheckedConnector = (
  options: buildConnector.Options,
  socket: Socket | undefined,
  callback: buildConnector.Callback,
) => void

/**
 * Makes the connector for a gateway or a proxy. It checks the certificate against the very host that
 * is connected to, and keeps the TLS sessions of connections that passed.
 *
 * @param build undici's `buildConnector`.
 */
export function checkedConnector(
  build: typeof buildConnector,
  settings: TlsSettings,
): CheckedConnector {
  const connect = build(connectOptions(settings))
  return ({ hostname, host = hostname, protocol, port }, httpSocket, callback) => {
    const over = httpSocket === undefined ? unset('httpSocket') : { httpSocket }
    const target = { ...unset('localAddress', 'servername'), hostname, host, protocol, port }
    connect({ ...target, ...over }, (...result) => {
      const [error, socket] = result
      if (error !== null) callback(error, null)
      else callback(null, skipInterimReplies(socket))
    })
  }
}
