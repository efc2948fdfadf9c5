import { Socket } from 'node:net'

import { summarizeCause } from '@llpay/core/adapter'
import type { buildConnector, Pool } from 'undici'

import { unset } from '../network/unset.ts'
import type { CheckedConnector } from './connector.ts'

const DEFAULT_PORT = '443'
/** What undici would look up on a polluted `Object.prototype`. */
const NO_OPTIONS = unset('body', 'query', 'servername', 'typeOfService', 'upgrade')

/** undici reconnects without end after an error with one of its own codes, so this one has another. */
function tunnelFailed(cause: unknown): Error {
  const error = new Error('The proxy did not open a tunnel.', { cause: summarizeCause(cause) })
  return Object.assign(error, { code: 'ERR_PROXY_TUNNEL' })
}

const isForeign = (error: unknown): error is Error =>
  error instanceof Error &&
  !('code' in error && typeof error.code === 'string' && error.code.startsWith('UND_ERR_'))

async function openTunnel(
  proxy: Pool,
  { host, hostname, port }: buildConnector.Options,
  token: string | undefined,
): Promise<Socket> {
  const name = host ?? hostname
  const authority = port === '' ? `${name}:${DEFAULT_PORT}` : name
  const { socket, statusCode } = await proxy.connect({
    ...NO_OPTIONS,
    path: authority,
    headers: {
      host: authority,
      ...(token === undefined ? {} : { 'proxy-authorization': token }),
    },
  })
  if (statusCode === 200 && socket instanceof Socket) return socket
  socket.on('error', () => undefined).destroy()
  throw tunnelFailed(undefined)
}

/**
 * Connects to a server through a tunnel that a proxy opens, and speaks TLS in it. `ProxyAgent` of
 * undici does the same, but reconnects without end to a proxy that hangs up.
 *
 * @param secure speaks TLS over the tunnel's socket.
 */
export function tunnelConnector(
  proxy: Pool,
  token: string | undefined,
  secure: CheckedConnector,
): buildConnector.connector {
  async function connect(
    options: buildConnector.Options,
    callback: buildConnector.Callback,
  ): Promise<void> {
    try {
      secure(options, await openTunnel(proxy, options, token), callback)
    } catch (error) {
      callback(isForeign(error) ? error : tunnelFailed(error), null)
    }
  }
  return (options, callback) => void connect(options, callback)
}
