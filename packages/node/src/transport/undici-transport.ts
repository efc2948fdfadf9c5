import { ConfigError, isLLPayError, TransportError, type Transport } from '@llpay/core'
import { loadPart, summarizeCause } from '@llpay/core/adapter'
import type { buildConnector, Dispatcher } from 'undici'

import type { DispatcherLike } from '../config.ts'
import type { Network } from '../network/check-network.ts'
import type { ProxySettings } from '../network/read-proxy.ts'
import type { TlsSettings } from '../network/read-tls.ts'
import { decodeBody } from './decode-body.ts'
import { dispatchRequest, type SentMark } from './dispatch-request.ts'

/** Finds the connections for a request. */
type DispatcherFor = (target: URL, mayShare: boolean) => Dispatcher

/** A pool for each origin: one of kept-alive connections, and one whose connections serve one request. */
async function openPools(connect: buildConnector.connector): Promise<DispatcherFor> {
  const [{ Pool }, { POOL_OPTIONS }] = await Promise.all([
    import('#undici'),
    import('./connector.ts'),
  ])
  const pools = { shared: new Map<string, Dispatcher>(), own: new Map<string, Dispatcher>() }
  return ({ origin }, mayShare) => {
    const chosen = mayShare ? pools.shared : pools.own
    const known = chosen.get(origin)
    if (known !== undefined) return known
    const opened = new Pool(origin, { ...POOL_OPTIONS, connect })
    chosen.set(origin, opened)
    return opened
  }
}

async function openDirect(tls: TlsSettings): Promise<DispatcherFor> {
  const [{ buildConnector }, { checkedConnector }] = await Promise.all([
    import('#undici'),
    import('./connector.ts'),
  ])
  const connect = checkedConnector(buildConnector, tls)
  return openPools((options, callback) => connect(options, undefined, callback))
}

/** The client certificate is for the gateway; a proxy behind TLS is not shown it. */
async function openProxied(
  { uri, token }: ProxySettings,
  { ca, ...client }: TlsSettings,
): Promise<DispatcherFor> {
  const [{ buildConnector, Pool }, connector, { tunnelConnector }] = await Promise.all([
    import('#undici'),
    import('./connector.ts'),
    import('./tunnel.ts'),
  ])
  const { checkedConnector, CONNECT_TIMEOUT_MS, POOL_OPTIONS } = connector
  const authorities = ca === undefined ? {} : { ca }
  const toProxy = checkedConnector(buildConnector, authorities)
  const proxy = new Pool(uri, {
    ...POOL_OPTIONS,
    connections: null,
    connect: (options, callback) => toProxy(options, undefined, callback),
    headersTimeout: CONNECT_TIMEOUT_MS,
  })
  const secure = checkedConnector(buildConnector, { ...authorities, ...client })
  return openPools(tunnelConnector(proxy, token, secure))
}

async function adopt(dispatcher: DispatcherLike): Promise<DispatcherFor> {
  const [{ Dispatcher: Base }, { checkSocket }] = await Promise.all([
    import('#undici'),
    import('./check-socket.ts'),
  ])
  const adopted = Object.assign(new Base(), {
    dispatch: (options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) =>
      dispatcher.dispatch(options, handler),
  }).compose(checkSocket)
  return () => adopted
}

/** Opens what is needed once; what failed, for want of file handles perhaps, is tried again. */
function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined
  return () =>
    (opened ??= open().catch((error: unknown) => {
      opened = undefined
      throw error
    }))
}

/**
 * Finds the connections for a request; they, and undici, are opened when first needed. Those of a
 * dispatcher that the caller gave are the caller's. Opening connects to nothing: what fails here is the
 * code, never the network.
 */
function openDispatchers(
  network: Network,
): (target: URL, mayShare: boolean) => Promise<Dispatcher> {
  const { dispatcher, proxy, tls = {} } = network
  const direct = once(() => (dispatcher === undefined ? openDirect(tls) : adopt(dispatcher)))
  const proxied = once(() => (proxy === undefined ? direct() : openProxied(proxy, tls)))
  return async (target, mayShare) => {
    const open = proxy?.takes(target) === true ? proxied : direct
    const find = await loadPart('The transport', open)
    return find(target, mayShare)
  }
}

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
