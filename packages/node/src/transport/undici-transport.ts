import { ConfigError, isLLPayError, TransportError, type Transport } from '@llpay/core'
import { summarizeCause } from '@llpay/core/adapter'
import type { Dispatcher } from 'undici'

import type { Network } from '../network/check-network.ts'
import { decodeBody } from './decode-body.ts'
import { dispatchRequest, type SentMark } from './dispatch-request.ts'
import { openDispatchers } from './open-dispatcher.ts'

const NO_LIMIT = 0

function translate(error: unknown, { sent }: SentMark): unknown {
  if (isLLPayError(error)) return error
  const cause = summarizeCause(error)
  if (sent) {
    return new TransportError(
      'ERR_TRANSPORT_CLOSED',
      'The connection to the gateway broke before its answer was complete.',
      { delivered: 'unknown', cause },
    )
  }
  return new TransportError(
    'ERR_TRANSPORT_CONNECT',
    'No connection to the gateway could be made, so nothing was sent. Check the host name, the network, the proxy and the TLS certificates.',
    { delivered: 'no', cause },
  )
}

function checkRuntime(): void {
  if (typeof process.getBuiltinModule === 'function') return
  throw new ConfigError(
    'ERR_CONFIG_RUNTIME',
    'This runtime has no process.getBuiltinModule, so the transport of @llpay/node cannot be loaded. Use Node.js 20.19 or later, Bun or Deno; elsewhere use @llpay/edge, or set the option fetch or transport.',
  )
}

/**
 * Makes the usual transport of Node.js, on undici. A request gets a connection that carries nothing
 * else unless its reply names it. TLS certificates are checked whatever the environment says, redirects
 * are not followed, and compressed answers are decoded up to the size limit.
 *
 * @throws {ConfigError} `ERR_CONFIG_RUNTIME` at once in a runtime that is too old; a bundle that lacks a
 *   file shows with the first request.
 */
export function undiciTransport(network: Network = {}): Transport {
  checkRuntime()
  const dispatcherFor = openDispatchers(network)
  return async ({ url, method, headers, body, mayShareConnection = false }, signal) => {
    const mark: SentMark = { sent: false }
    try {
      const target = new URL(url)
      const options: Dispatcher.DispatchOptions = Object.assign(Object.create(null), {
        origin: target.origin,
        path: target.pathname,
        method,
        headers: { ...headers, 'accept-encoding': 'gzip, deflate, br' },
        body,
        // The signal of the call covers headers and body.
        headersTimeout: NO_LIMIT,
        bodyTimeout: NO_LIMIT,
        // A dispatcher of the caller's keeps its connections as it likes.
        ...(mayShareConnection || network.dispatcher !== undefined ? {} : { reset: true }),
      })
      const dispatcher = await dispatcherFor(target, mayShareConnection)
      const answer = await dispatchRequest(dispatcher, options, signal, mark)
      const coding = answer.headers['content-encoding'] ?? ''
      return { ...answer, body: await decodeBody(answer.body, coding) }
    } catch (error) {
      throw translate(error, mark)
    }
  }
}
