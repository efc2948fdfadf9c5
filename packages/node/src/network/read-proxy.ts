import { ConfigError } from '@llpay/core'
import { isLoopback } from '@llpay/core/adapter'

interface NoProxyEntry {
  readonly host: string
  readonly port: string | undefined
}

function readEntry(text: string): NoProxyEntry {
  const [, host = text, port] = /^(?<host>.+?)(?::(?<port>[0-9]+))?$/.exec(text) ?? []
  const isBareIpv6 = port !== undefined && host.includes(':') && !host.endsWith(']')
  const name = (isBareIpv6 ? text : host).toLowerCase().replace(/^\*?\.|^\[|\]$/g, '')
  return { host: name, port: isBareIpv6 ? undefined : port }
}

const portOf = ({ port, protocol }: URL) => port || (protocol === 'https:' ? '443' : '80')

/**
 * Reads a `NO_PROXY`: names separated by commas or blanks. Each matches itself and its subdomains,
 * with an optional port; `*` matches all. Address ranges are not supported.
 */
function readNoProxy(text: string): (url: URL) => boolean {
  const entries = text.split(/[\s,]+/).filter(Boolean)
  if (entries.includes('*')) return () => true
  const known = entries.map(readEntry)
  return (url) => {
    const name = url.hostname.replace(/^\[|\]$|\.$/g, '')
    return known.some(
      ({ host, port }) =>
        (port === undefined || port === portOf(url)) &&
        (name === host || name.endsWith(`.${host}`)),
    )
  }
}

/** A proxy, and which requests take it. */
export interface ProxySettings {
  /** The address without the credentials. */
  readonly uri: string
  /** The value of `Proxy-Authorization`. */
  readonly token?: string
  /** Whether a request takes the proxy. */
  takes(url: URL): boolean
}

type Environment = Readonly<Record<string, string | undefined>>

const LOCAL_NAME = /(?:^|\.)localhost\.?$/
const MAPPED_LOOPBACK = /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/

function isThisMachine({ hostname }: URL): boolean {
  return isLoopback(hostname) || LOCAL_NAME.test(hostname) || MAPPED_LOOPBACK.test(hostname)
}

/** What is wrong with a proxy's address, in both languages. */
const PROBLEMS = {
  credentials: [
    'has a user name or password that is not percent-encoded',
    '的用户名或密码未做百分号编码',
  ],
  'not-url': ['is not a URL', '不是 URL'],
  scheme: ['is neither http nor https', '既不是 http 也不是 https'],
  path: ['has more than a host and a port', '除主机和端口外还有其他内容'],
} as const

function invalid(source: string, problem: keyof typeof PROBLEMS): ConfigError {
  const [why, zh] = PROBLEMS[problem]
  return new ConfigError('ERR_CONFIG_INVALID', {
    reason: `proxy.${problem}`,
    message: `${source} ${why}.`,
    hint: 'Give an address such as http://proxy.example:3128.',
    params: { source },
    zh: { message: `${source} ${zh}。`, hint: '请提供形如 http://proxy.example:3128 的地址。' },
  })
}

function readToken({ username, password }: URL, source: string): { token?: string } {
  if (username === '' && password === '') return {}
  try {
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
    return { token: `Basic ${Buffer.from(credentials).toString('base64')}` }
  } catch {
    throw invalid(source, 'credentials')
  }
}

function parse(text: string, source: string, skips: (url: URL) => boolean): ProxySettings {
  if (typeof text !== 'string' || !URL.canParse(text)) throw invalid(source, 'not-url')
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw invalid(source, 'scheme')
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw invalid(source, 'path')
  }
  return {
    uri: url.origin,
    ...readToken(url, source),
    takes: (target) => !isThisMachine(target) && !skips(target),
  }
}

/** Of a pair of variables the lower-case one wins, as with curl. */
const lookUp = (environment: Environment, name: string) =>
  environment[name.toLowerCase()] ?? environment[name] ?? ''

function fromEnvironment(environment: Environment): ProxySettings | undefined {
  const address = lookUp(environment, 'HTTPS_PROXY').trim()
  if (address === '') return undefined
  const text = address.includes('://') ? address : `http://${address}`
  return parse(text, 'HTTPS_PROXY', readNoProxy(lookUp(environment, 'NO_PROXY')))
}

/**
 * Reads the option `proxy`: an address, or `environment`. Its credentials are never repeated in an
 * error.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function readProxy(
  proxy: string | undefined,
  environment: Environment,
): ProxySettings | undefined {
  if (proxy === undefined) return undefined
  if (proxy === 'environment') return fromEnvironment(environment)
  return parse(proxy, 'proxy', () => false)
}

/**
 * Returns the proxy that a call to an address takes with `proxy: 'environment'` (`HTTPS_PROXY`,
 * `NO_PROXY`), without credentials; `undefined` if it takes none.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` if the variable does not hold a proxy's address.
 * @example
 * import { proxyFor } from '@llpay/node'
 * console.log(proxyFor('https://traderapi.lianlianpay.com', process.env))
 */
export function proxyFor(address: string, environment: Environment): string | undefined {
  const proxy = fromEnvironment(environment)
  return proxy?.takes(new URL(address)) === true ? proxy.uri : undefined
}
