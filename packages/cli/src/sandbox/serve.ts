import { ConfigError } from '@llpay/core'
import { summarizeCause } from '@llpay/core/adapter'
import type { Sandbox } from '@llpay/sandbox'
import { SandboxConnectionClosed } from '@llpay/sandbox'
import { serve, type ServerRequest } from 'srvx'

/** A sandbox that listens. */
export interface Served {
  readonly url: string
  close(): Promise<void>
}

const WILDCARDS = ['0.0.0.0', '::']

const forbidden = (text: string) => new Response(`${text}\n`, { status: 403 })

/** Refuses what a web page could have sent: a foreign Host (DNS rebinding), or any Origin. */
function refuseBrowsers(request: ServerRequest, hostname: string): Response | undefined {
  if (request.headers.has('origin')) return forbidden('The sandbox does not answer web pages.')
  if (WILDCARDS.includes(hostname)) return undefined
  const host = (request.headers.get('host') ?? '').replace(/:[0-9]+$/, '')
  const known = [hostname, `[${hostname}]`, 'localhost', '127.0.0.1']
  return known.includes(host) ? undefined : forbidden('The sandbox does not know this Host.')
}

/** Serves a sandbox over HTTP. */
export async function serveSandbox(
  sandbox: Sandbox,
  { hostname, port, onAnswer }: { hostname: string; port: number; onAnswer: () => void },
): Promise<Served> {
  const server = serve({
    hostname,
    port,
    silent: true,
    gracefulShutdown: false,
    async fetch(request) {
      const refusal = refuseBrowsers(request, hostname)
      if (refusal !== undefined) return refusal
      try {
        return await sandbox.fetch(request)
      } catch (error) {
        if (!(error instanceof SandboxConnectionClosed)) throw error
        request.runtime?.node?.req.socket.destroy()
        return new Response(null)
      } finally {
        onAnswer()
      }
    },
  })
  await server.ready().catch((error: unknown) => {
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      'The sandbox cannot listen there: the port is in use, or the address is not one of this machine. Leave --port and --listen out to take a free port on 127.0.0.1.',
      { cause: summarizeCause(error) },
    )
  })
  return {
    url: (server.url ?? '').replace(/\/$/, ''),
    close: () => server.close(true),
  }
}
