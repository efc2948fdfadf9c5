import type { Socket } from 'node:net'
import tls from 'node:tls'

import type { buildConnector } from 'undici'

import type { TlsSettings } from '../network/read-tls.ts'
import { connectionDefaults, unset } from '../network/unset.ts'
import { skipInterimReplies } from './interim-replies.ts'

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
