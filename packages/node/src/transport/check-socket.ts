import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { checkServerIdentity, TLSSocket } from 'node:tls'

import { ConfigError } from '@llpay/core'
import { describePollutedTls } from '@llpay/core/adapter'
import type { Dispatcher } from 'undici'

import { findWeakTls } from '../network/find-weak-tls.ts'

type Handler = Dispatcher.DispatchHandler

/** A handler that passes everything on, but for what happens when a request starts. */
function delegate(
  handler: Handler,
  onRequestStart: NonNullable<Handler['onRequestStart']>,
): Handler {
  return {
    onRequestStart,
    onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
    onResponseStart: (...args) => handler.onResponseStart?.(...args),
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
    onResponseError: (...args) => handler.onResponseError?.(...args),
  }
}

/** undici tells here, before it writes a request, which socket it will write it to. */
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

function weaknessOf(socket: unknown, hostname: string): string | undefined {
  if (!(socket instanceof TLSSocket)) return 'its connection is not encrypted'
  if (!socket.authorized) return 'it accepted a certificate that nobody vouches for'
  if (!VERSIONS.has(socket.getProtocol())) return 'it accepted an old version of TLS'
  // A resumed session shows no certificate: it is as good as the check that its first one met.
  const isNamed = socket.isSessionReused()
    ? findWeakTls(connectOptionsOf(socket)) === undefined
    : isCertifiedFor(socket, hostname)
  return isNamed ? undefined : 'it accepts a certificate for another host'
}

const insecure = (weakness: string) =>
  new ConfigError(
    'ERR_CONFIG_INSECURE',
    `The dispatcher weakens TLS: ${weakness}. Nothing was sent. Set it up to check certificates; for an authority of your own set the option ca.`,
  )

/**
 * An undici interceptor that looks at the very socket a request is about to be written to, however
 * the dispatcher came by it, and stops the request where the server behind it was not verified.
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
