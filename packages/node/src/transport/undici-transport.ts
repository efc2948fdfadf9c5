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
      {
        reason: 'transport.broken',
        message: 'The connection to the gateway broke before the response was complete.',
        zh: { message: '在收到完整响应之前，与网关的连接已断开。' },
      },
      { delivered: 'unknown', cause },
    )
  }
  return new TransportError(
    'ERR_TRANSPORT_CONNECT',
    {
      reason: 'transport.unconnected',
      message: 'No connection to the gateway could be made, so nothing was sent.',
      hint: 'Check the host name, the network, the proxy and the TLS certificates.',
      zh: {
        message: '无法连接网关，未发出任何请求。',
        hint: '请检查主机名、网络、代理和 TLS 证书。',
      },
    },
    { delivered: 'no', cause },
  )
}

function checkRuntime(): void {
  if (typeof process.getBuiltinModule === 'function') return
  throw new ConfigError('ERR_CONFIG_RUNTIME', {
    reason: 'runtime.too-old',
    message:
      'This runtime has no process.getBuiltinModule, so the transport of @llpay/node cannot be loaded.',
    hint: 'Use Node.js 20.19 or later, Bun or Deno; elsewhere use @llpay/edge, or set the option fetch or transport.',
    zh: {
      message: '当前运行环境没有 process.getBuiltinModule，无法加载 @llpay/node 的传输层。',
      hint: '请使用 Node.js 20.19 及以上、Bun 或 Deno；其他环境请用 @llpay/edge，或设置选项 fetch 或 transport。',
    },
  })
}

/**
 * Makes the default transport of Node.js, on undici. A request gets a connection that carries nothing
 * else unless its reply names it. TLS certificates are checked whatever the environment says, redirects
 * are not followed, and compressed responses are decoded up to the size limit.
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
        // The caller's dispatcher manages its own connections.
        ...(mayShareConnection || network.dispatcher !== undefined ? {} : { reset: true }),
      })
      const dispatcher = await dispatcherFor(target, mayShareConnection)
      const response = await dispatchRequest(dispatcher, options, signal, mark)
      const coding = response.headers['content-encoding'] ?? ''
      return { ...response, body: await decodeBody(response.body, coding) }
    } catch (error) {
      throw translate(error, mark)
    }
  }
}
