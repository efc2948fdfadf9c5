import type { Dispatcher } from 'undici'

import type { Network } from '../network/check-network.ts'
import type { DispatcherLike } from '../network/network-config.ts'
import type { ProxySettings } from '../network/read-proxy.ts'
import type { TlsSettings } from '../network/read-tls.ts'

const CONNECT_TIMEOUT_MS = 10_000
/** What every handshake keeps to, whatever the process or the environment says. */
const CHECKED = {
  timeout: CONNECT_TIMEOUT_MS,
  rejectUnauthorized: true,
  minVersion: 'TLSv1.2',
} as const

async function openDirect(tls: TlsSettings): Promise<Dispatcher> {
  const { Agent } = await import('undici')
  return new Agent({ connect: { ...tls, ...CHECKED } })
}

/** The client certificate is for the gateway; a proxy behind TLS is not shown it. */
async function openProxied({ uri, token }: ProxySettings, tls: TlsSettings): Promise<Dispatcher> {
  const [{ Agent, buildConnector, Pool }, { tunnelConnector }] = await Promise.all([
    import('undici'),
    import('./tunnel.ts'),
  ])
  const { ca } = tls
  const proxy = new Pool(uri, {
    connect: { ...(ca === undefined ? {} : { ca }), ...CHECKED },
    headersTimeout: CONNECT_TIMEOUT_MS,
  })
  const secure = buildConnector({ ...tls, ...CHECKED })
  return new Agent({ connect: tunnelConnector(proxy, token, secure) })
}

async function adopt(dispatcher: DispatcherLike): Promise<Dispatcher> {
  const [{ Dispatcher: Base }, { checkSocket }] = await Promise.all([
    import('undici'),
    import('./check-socket.ts'),
  ])
  const adopted = Object.assign(new Base(), {
    dispatch: (options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) =>
      dispatcher.dispatch(options, handler),
  })
  return adopted.compose(checkSocket)
}

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined
  return () => (opened ??= open())
}

/** Finds the connections for an address; they, and undici, are opened when first needed. */
export function openDispatchers(network: Network): (url: URL) => Promise<Dispatcher> {
  const { dispatcher, proxy, tls = {} } = network
  const direct = once(() => (dispatcher === undefined ? openDirect(tls) : adopt(dispatcher)))
  if (proxy === undefined) return direct
  const proxied = once(() => openProxied(proxy, tls))
  return (url) => (proxy.takes(url) ? proxied() : direct())
}
