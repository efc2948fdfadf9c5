import { HOSTS, isLianLianHost, type HostName } from '../api/hosts.ts'
import { ConfigError } from '../errors/config-error.ts'

const LOOPBACK_V4 = /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/
const WITH_CREDENTIALS = /^[a-z]+:[/\\]*[^/\\]*@/i

const invalid = (why: string) =>
  new ConfigError(
    'ERR_CONFIG_INVALID',
    `The base URL ${why}. Give one such as https://proxy.example/lianlian, or leave it out to reach LianLian itself.`,
  )

function parse(text: string): URL {
  if (/[\s\u0000-\u001f\u007f-\u009f]/.test(text))
    throw invalid('holds a blank or a control character')
  if (!URL.canParse(text)) throw invalid('is not an absolute URL')
  return new URL(text)
}

/** Tells whether a parsed host is this machine, so that plain http cannot be overheard. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || LOOPBACK_V4.test(hostname)
}

/**
 * Reads a base URL and returns it without trailing slashes.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`; `ERR_CONFIG_INSECURE` for plain http to another machine.
 */
export function parseBaseUrl(text: string): URL {
  const url = parse(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw invalid('is neither https nor http')
  }
  if (WITH_CREDENTIALS.test(text)) throw invalid('holds a user name or a password')
  if (text.includes('?') || text.includes('#')) throw invalid('holds a query or a fragment')
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new ConfigError(
      'ERR_CONFIG_INSECURE',
      'The base URL is plain http to another machine: whoever is on the way could forge the answers. Use https; plain http is for 127.0.0.1, [::1] and localhost only.',
    )
  }
  url.pathname = url.pathname.replace(/\/+$/, '')
  return url
}

/** The URL of an endpoint: at LianLian's own host, or below the base URL that takes its place. */
export function endpointUrl(host: HostName, path: string, baseUrl: string | undefined): string {
  if (baseUrl === undefined) return HOSTS[host] + path
  const { origin, pathname } = parseBaseUrl(baseUrl)
  return origin + pathname.replace(/\/+$/, '') + path
}

/** Tells whether requests go to LianLian itself, where real cards are unbound. */
export function reachesLianLian(baseUrl: string | undefined): boolean {
  return baseUrl === undefined || isLianLianHost(parseBaseUrl(baseUrl).hostname)
}
