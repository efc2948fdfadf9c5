import { loadPart } from '@llpay/core/adapter'
import type { buildConnector, Dispatcher } from 'undici'

import type { DispatcherLike } from '../config.ts'
import type { Network } from '../network/check-network.ts'
import type { ProxySettings } from '../network/read-proxy.ts'
import type { TlsSettings } from '../network/read-tls.ts'

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
export function openDispatchers(
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
