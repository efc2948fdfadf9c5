import { isLLPayError, TransportError, type HttpResponse, type Transport } from '@llpay/core'
import { collectBody, summarizeCause } from '@llpay/core/adapter'
import type { Dispatcher } from 'undici'

import type { Network } from '../network/check-network.ts'
import { decodeBody } from './decode-body.ts'
import type { SentMark } from './mark-sent.ts'
import { openDispatchers } from './open-dispatcher.ts'

const NO_LIMIT = 0

function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return flat
}

async function readResponse(response: Dispatcher.ResponseData<unknown>): Promise<HttpResponse> {
  const { statusCode: status, body } = response
  const headers = flatten(response.headers)
  if (status !== 200) {
    // Only 200 carries an answer; what else comes is not waited for.
    body.on('error', () => undefined).destroy()
    return { status, headers, body: new Uint8Array() }
  }
  const bytes = await collectBody(body)
  return { status, headers, body: await decodeBody(bytes, headers['content-encoding'] ?? '') }
}

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

/** Rejects at once when the call is aborted while its connection is still being made. */
function abortedBeforeSending(signal: AbortSignal, mark: SentMark): Promise<never> {
  return new Promise((_, reject) => {
    const cancel = () => {
      if (mark.sent) return
      mark.cancelled = true
      reject(new Error('aborted'))
    }
    if (signal.aborted) cancel()
    signal.addEventListener('abort', cancel, { once: true })
  })
}

/**
 * Makes the usual transport of Node.js: pools of kept-alive connections by undici. TLS certificates
 * are checked whatever the environment says, redirects are not followed, and compressed answers are
 * decoded up to the size limit.
 */
export function undiciTransport(network: Network = {}): Transport {
  const dispatcherFor = openDispatchers(network)
  return async ({ url, method, headers, body }, signal) => {
    const mark: SentMark = { sent: false, cancelled: false }
    try {
      const target = new URL(url)
      const dispatcher = await dispatcherFor(target)
      const answered = dispatcher.request({
        origin: target.origin,
        path: target.pathname,
        method,
        headers: { ...headers, 'accept-encoding': 'gzip, deflate, br' },
        body,
        signal,
        opaque: mark,
        // The signal of the call covers headers and body.
        headersTimeout: NO_LIMIT,
        bodyTimeout: NO_LIMIT,
      })
      return await readResponse(await Promise.race([answered, abortedBeforeSending(signal, mark)]))
    } catch (error) {
      throw translate(error, mark)
    }
  }
}
