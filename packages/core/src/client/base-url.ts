import { HOSTS, isLianLianHost, type HostName } from '../api/define-api.ts'
import { ConfigError } from '../errors/config-error.ts'

const LOOPBACK_V4 = /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/
const WITH_CREDENTIALS = /^[a-z]+:[/\\]*[^/\\]*@/i

const invalid = (why: string) =>
  new ConfigError('ERR_CONFIG_INVALID', {
    reason: 'config.base-url',
    message: `The base URL ${why}.`,
    hint: 'Use a URL such as https://proxy.example/lianlian, or leave it out to call LianLian.',
    params: { why },
  })

function parse(text: string): URL {
  if (/[\s\u0000-\u001f\u007f-\u009f]/.test(text))
    throw invalid('contains white space or a control character')
  try {
    return new URL(text)
  } catch {
    throw invalid('is not an absolute URL')
  }
}

/** Whether a parsed host is this machine, so that nobody can listen in on plain http. */
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
  if (WITH_CREDENTIALS.test(text)) throw invalid('contains a user name or a password')
  if (text.includes('?') || text.includes('#')) throw invalid('contains a query or a fragment')
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new ConfigError('ERR_CONFIG_INSECURE', {
      reason: 'config.plain-http',
      message:
        'The base URL is plain http to another machine: anyone on the network path could forge replies.',
      hint: 'Use https; plain http is only for 127.0.0.1, [::1] and localhost.',
    })
  }
  url.pathname = url.pathname.replace(/\/+$/, '')
  return url
}

/** The URL of an endpoint: at LianLian's host, or below the base URL. */
export function endpointUrl(host: HostName, path: string, baseUrl: string | undefined): string {
  if (baseUrl === undefined) return HOSTS[host] + path
  const { origin, pathname } = parseBaseUrl(baseUrl)
  return origin + pathname.replace(/\/+$/, '') + path
}

/** Whether requests go to LianLian, where real cards are unbound. */
export function reachesLianLian(baseUrl: string | undefined): boolean {
  return baseUrl === undefined || isLianLianHost(parseBaseUrl(baseUrl).hostname)
}
