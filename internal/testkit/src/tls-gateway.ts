import type { IncomingMessage } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'

import { loadPem, vectorKey } from '@internal/vectors'

import { listenLocally, type LocalServer } from './local-server.ts'
import { CARD, OID_PARTNER } from './merchant.ts'
import { withSign } from './signing.ts'

/** What tests of a gateway behind TLS have in common. */
export function loadTlsSetup() {
  const gateway = vectorKey('k1024')
  const key = loadPem('server-key')
  return {
    /** The authority that issued the server's and the client's certificates. */
    ca: loadPem('ca'),
    /** The key of every server certificate. */
    key,
    /** A certificate for 127.0.0.1, localhost and gateway.test, with its key. */
    good: { cert: loadPem('good'), key },
    /** A client certificate, with its key. */
    client: { cert: loadPem('client'), key: loadPem('client-key') },
    /** The reply that confirms an unbind. */
    done: JSON.stringify(withSign({ ret_code: '0000', sign_type: 'RSA' }, gateway.pkcs8Pem)),
    params: CARD,
    /** A merchant's configuration, for one attempt without settlement. */
    config: {
      oidPartner: OID_PARTNER,
      privateKey: vectorKey('k2048').pkcs8Pem,
      gatewayPublicKey: gateway.spkiPem,
      timeoutMs: 60_000,
      retry: 0,
      settle: 'never',
    },
    /** The error of a call that found no connection it could trust. */
    unconnected: { name: 'TransportError', code: 'ERR_TRANSPORT_CONNECT', delivered: 'no' },
  } as const
}

/**
 * Serves a gateway behind TLS that confirms every unbind.
 *
 * @param options those of the server (default: a good certificate).
 * @param onRequest sees each request before its reply.
 */
export function serveTls(
  options?: ServerOptions,
  onRequest: (request: IncomingMessage) => void = () => undefined,
): Promise<LocalServer> {
  const { good, done } = loadTlsSetup()
  const server = createServer(options ?? good, (request, response) => {
    onRequest(request)
    request.resume().on('end', () => response.end(done))
  })
  return listenLocally(server, 'https')
}
