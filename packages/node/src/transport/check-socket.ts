import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { checkServerIdentity, TLSSocket } from 'node:tls'

import { ConfigError } from '@llpay/core'
import { describePollutedTls } from '@llpay/core/adapter'
import type { Dispatcher } from 'undici'

import { findWeakTls } from '../network/find-weak-tls.ts'

/** A handler that passes everything on, but for what happens when a request starts. */
function delegate(
  handler: Dispatcher.DispatchHandler,
  onRequestStart: NonNullable<Dispatcher.DispatchHandler['onRequestStart']>,
): Dispatcher.DispatchHandler {
  return {
    onRequestStart,
    onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
    onResponseStart: (...args) => handler.onResponseStart?.(...args),
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
    onResponseError: (...args) => handler.onResponseError?.(...args),
  }
}

/** undici publishes here, before it writes a request, the socket that it will write to. */
const CHANNEL = 'undici:client:sendHeaders'
const VERSIONS = new Set<string | null>(['TLSv1.2', 'TLSv1.3'])

/** Hands over the socket that the request which is being started will be written to. */
function seeSocket(see: (socket: unknown) => void): void {
  const listener = (message: unknown) => {
    unsubscribe(CHANNEL, listener)
    if (typeof message === 'object' && message !== null) see(Reflect.get(message, 'socket'))
  }
  subscribe(CHANNEL, listener)
  // undici starts and writes a request in one go, so that none but this one is seen.
  queueMicrotask(() => unsubscribe(CHANNEL, listener))
}

function isCertifiedFor(socket: TLSSocket, hostname: string): boolean {
  const certificate = socket.getPeerCertificate()
  const asked: unknown = Reflect.get(socket, 'servername')
  const names = typeof asked === 'string' && asked !== '' ? [asked, hostname] : [hostname]
  return names.some((name) => checkServerIdentity(name, certificate) === undefined)
}

/** What `tls.connect` was called with, where Node.js keeps it. */
function connectOptionsOf(socket: TLSSocket): object {
  const symbol = Object.getOwnPropertySymbols(socket).find(
    ({ description }) => description === 'connect-options',
  )
  const options: unknown = symbol === undefined ? undefined : Reflect.get(socket, symbol)
  return typeof options === 'object' && options !== null ? options : {}
}

/** How a dispatcher weakens TLS, in both languages. */
const WEAKNESSES = {
  plain: ['its connection is not encrypted', '其连接未加密'],
  unauthorized: [
    'it accepted a certificate that no trusted authority issued',
    '它接受了不受信任的证书',
  ],
  version: ['it accepted an old version of TLS', '它接受了旧版 TLS'],
  host: ['it accepts a certificate for another host', '它接受其他主机的证书'],
} as const

type Weakness = keyof typeof WEAKNESSES

function weaknessOf(socket: unknown, hostname: string): Weakness | undefined {
  if (!(socket instanceof TLSSocket)) return 'plain'
  if (!socket.authorized) return 'unauthorized'
  if (!VERSIONS.has(socket.getProtocol())) return 'version'
  // A resumed session shows no certificate: it is as good as the check that its first one passed.
  const isNamed = socket.isSessionReused()
    ? findWeakTls(connectOptionsOf(socket)) === undefined
    : isCertifiedFor(socket, hostname)
  return isNamed ? undefined : 'host'
}

function insecure(weakness: Weakness): ConfigError {
  const [why, zh] = WEAKNESSES[weakness]
  return new ConfigError('ERR_CONFIG_INSECURE', {
    reason: `dispatcher.${weakness}`,
    message: `The dispatcher weakens TLS: ${why}. Nothing was sent.`,
    hint: 'Configure it to check certificates; for your own certificate authority, set the option ca.',
    zh: {
      message: `dispatcher 削弱了 TLS：${zh}。未发出任何请求。`,
      hint: '请让它校验证书；自有 CA 请设置选项 ca。',
    },
  })
}

/**
 * An undici interceptor that checks the very socket to which a request is about to be written, however
 * the dispatcher got it, and stops the request if the server behind it was not verified.
 */
export const checkSocket: Dispatcher.DispatcherComposeInterceptor =
  (dispatch) => (options, handler) => {
    const { hostname, protocol } = new URL(options.origin ?? 'http://localhost')
    if (protocol !== 'https:') return dispatch(options, handler)
    const polluted = describePollutedTls()
    if (polluted !== undefined) throw new ConfigError('ERR_CONFIG_INSECURE', polluted)
    const host = hostname.replaceAll(/^\[|\]$/g, '')
    return dispatch(
      options,
      delegate(handler, (controller, context) => {
        handler.onRequestStart?.(controller, context)
        seeSocket((socket) => {
          const weakness = weaknessOf(socket, host)
          if (weakness !== undefined) controller.abort(insecure(weakness))
        })
      }),
    )
  }
