import { ConfigError } from '@llpay/core'
import { serve } from 'srvx'

import { SandboxConnectionClosed } from '../scenarios/connection-closed.ts'

/** A server that listens. */
export interface ServedSandbox {
  readonly url: string
  close(): Promise<void>
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE:
    'the port is in use. Another sandbox may be running: stop it, or take a free port with port 0 (--port 0)',
  EADDRNOTAVAIL: 'the address is not one of this machine. Leave it out to listen on 127.0.0.1',
  EACCES: 'this user may not listen there. Take a port above 1023, or port 0 for a free one',
}

function listenError(error: unknown, hostname: string, port: number): ConfigError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = REASONS[code] ?? `it failed with ${code}. Try another port or address`
  return new ConfigError(
    'ERR_CONFIG_INVALID',
    `The sandbox cannot listen on ${hostname}:${port}: ${reason}.`,
  )
}

/**
 * Serves a fetch handler over HTTP.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` where it cannot listen there.
 */
export async function serveSandbox(
  handle: (request: Request) => Promise<Response>,
  { hostname, port }: { readonly hostname: string; readonly port: number },
): Promise<ServedSandbox> {
  const server = serve({
    hostname,
    port,
    silent: true,
    gracefulShutdown: false,
    async fetch(request) {
      try {
        return await handle(request)
      } catch (error) {
        if (!(error instanceof SandboxConnectionClosed)) throw error
        request.runtime?.node?.req.socket.destroy()
        return new Response(null)
      }
    },
  })
  await server.ready().catch((error: unknown) => {
    throw listenError(error, hostname, port)
  })
  return {
    url: (server.url ?? '').replace(/\/$/, ''),
    // Connections that a client keeps open would hold it for seconds.
    close: () => server.close(true),
  }
}
