import { gunzipSync } from 'node:zlib'

import { loadPart } from '@llpay/core/adapter'

import type { HostRule } from '../control/refuse-foreign.ts'

/** What the page may do: run and style itself, and talk to this sandbox. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

const METHODS = ['GET', 'HEAD']
const HOST_PORT = /:[0-9]{1,5}$/
const FOREVER = 'public, max-age=31536000, immutable'

const acceptsGzip = ({ headers }: Request) => /\bgzip\b/.test(headers.get('accept-encoding') ?? '')

const isForeign = ({ headers }: Request, allowHost: HostRule | undefined): boolean =>
  allowHost !== undefined && !allowHost((headers.get('host') ?? '').replace(HOST_PORT, ''))

/**
 * Serves the console: its page at `/`, and what the page loads. `undefined` for every other path,
 * which is the gateway's, and for a Host that the gateway refuses.
 *
 * @throws {ConfigError} `ERR_CONFIG_RUNTIME` where a bundle lacks the console.
 */
export async function serveConsole(
  request: Request,
  allowHost?: HostRule,
): Promise<Response | undefined> {
  if (!METHODS.includes(request.method)) return undefined
  const { pathname } = new URL(request.url)
  if (pathname !== '/' && !pathname.startsWith('/assets/') && pathname !== '/icon.svg') {
    return undefined
  }
  if (isForeign(request, allowHost)) return undefined
  // Loaded here, because a test never opens the page.
  const { CONSOLE_FILES } = await loadPart('The console', () => import('#console'))
  const file = CONSOLE_FILES.find(({ path }) => path === pathname)
  if (file === undefined) return undefined
  const compressed = Buffer.from(file.gzip, 'base64')
  const isGzip = acceptsGzip(request)
  return new Response(
    request.method === 'HEAD' ? null : isGzip ? compressed : gunzipSync(compressed),
    {
      headers: {
        ...HEADERS,
        'content-type': file.type,
        'cache-control': pathname.startsWith('/assets/') ? FOREVER : 'no-cache',
        vary: 'accept-encoding',
        ...(isGzip ? { 'content-encoding': 'gzip' } : {}),
      },
    },
  )
}
