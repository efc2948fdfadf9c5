import { ConfigError } from '@llpay/core'
import { serve } from 'srvx'

import { SandboxConnectionClosed } from '../scenarios/scenarios.ts'

/** A server that listens. */
export interface ServedSandbox {
  readonly url: string
  close(): Promise<void>
}

interface ListenProblem {
  readonly reason: string
  readonly why: string
  readonly hint: string
  readonly zh: { readonly why: string; readonly hint: string }
}

const OTHER: ListenProblem = {
  reason: 'sandbox.listen',
  why: 'listening failed',
  hint: 'Try another port or address.',
  zh: { why: '监听失败', hint: '换一个端口或地址再试。' },
}

/** Why it cannot listen, by the code of the system. */
const CAUSES: Readonly<Record<string, ListenProblem>> = {
  EADDRINUSE: {
    reason: 'sandbox.port-in-use',
    why: 'the port is in use',
    hint: 'Stop the sandbox that may be running there, or use port 0 (--port 0) for a free one.',
    zh: {
      why: '端口已被占用',
      hint: '停止可能在用该端口的沙箱，或用端口 0（--port 0）取空闲端口。',
    },
  },
  EADDRNOTAVAIL: {
    reason: 'sandbox.foreign-address',
    why: 'this machine does not have that address',
    hint: 'Leave it out to listen on 127.0.0.1.',
    zh: { why: '本机没有该地址', hint: '去掉该地址即监听 127.0.0.1。' },
  },
  EACCES: {
    reason: 'sandbox.port-forbidden',
    why: 'this user is not allowed to listen there',
    hint: 'Use a port above 1023, or port 0 for a free one.',
    zh: { why: '当前用户无权监听', hint: '请用 1023 以上的端口，或用端口 0 取空闲端口。' },
  },
}

function listenError(error: unknown, hostname: string, port: number): ConfigError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const { reason, why, hint, zh } = CAUSES[code] ?? OTHER
  const detail = reason === OTHER.reason ? ` (${code})` : ''
  return new ConfigError('ERR_CONFIG_INVALID', {
    reason,
    message: `The sandbox cannot listen on ${hostname}:${port}: ${why}${detail}.`,
    hint,
    params: { hostname, port, code },
    zh: {
      message: `沙箱无法监听 ${hostname}:${port}：${zh.why}${detail.replace(' (', '（').replace(')', '）')}。`,
      hint: zh.hint,
    },
  })
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
