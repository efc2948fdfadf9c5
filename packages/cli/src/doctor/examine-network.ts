import { lookup } from 'node:dns/promises'
import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { TLSSocket } from 'node:tls'

import { TransportError } from '@llpay/core'
import { endpointUrl } from '@llpay/core/adapter'
import { proxyFor } from '@llpay/node'

import { listApis } from '../call/apis.ts'
import { systemCode } from '../config/files.ts'
import type { Environment } from '../config/sources.ts'
import { t, type Phrase } from '../output/language.ts'
import { errorText } from '../program/errors.ts'
import { warn, fine, problem, skipped, type Check, type Finding } from './finding.ts'

const TIMEOUT_MS = 5_000

/** What a host showed of itself before any call was made. */
interface Encounter {
  /** The address that this machine used. */
  readonly localAddress: string | undefined
  /** By the clock of the host; `undefined` where it did not say. */
  readonly date: Date | undefined
  /** `undefined` for plain http. */
  readonly tls:
    | { readonly protocol: string; readonly issuer: string; readonly validTo: Date }
    | undefined
}

function tlsOf(socket: unknown): Encounter['tls'] {
  if (!(socket instanceof TLSSocket)) return undefined
  const { issuer, valid_to } = socket.getPeerCertificate()
  const names = [issuer.O, issuer.CN].flatMap((name) => name ?? [])
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    issuer: names.flat().join(', '),
    validTo: new Date(valid_to),
  }
}

function send(origin: string, signal: AbortSignal): ClientRequest {
  const options = { method: 'HEAD', agent: false, signal, timeout: TIMEOUT_MS }
  return origin.startsWith('https:')
    ? requestHttps(origin, { ...options, rejectUnauthorized: true, minVersion: 'TLSv1.2' })
    : requestHttp(origin, options)
}

/**
 * Connects to a host as a call would, and asks for nothing but its headers: the request holds no
 * member and no signature.
 *
 * @throws {Error} of Node.js, with its `code`.
 */
async function probe(origin: string, signal: AbortSignal): Promise<Encounter> {
  const request = send(origin, AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]))
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve)
    request.once('error', reject)
    request.end()
  })
  const { socket, headers } = reply
  const encounter = {
    localAddress: socket.localAddress,
    date: headers.date === undefined ? undefined : new Date(headers.date),
    tls: tlsOf(socket),
  }
  reply.destroy()
  return encounter
}

/** The origins that calls go to. */
export function listOrigins(baseUrl: string | undefined): string[] {
  const urls = listApis().map(({ host, path }) => new URL(endpointUrl(host, path, baseUrl)))
  return [...new Set(urls.map(({ origin }) => origin))]
}

const DAY_MS = 86_400_000
const SOON_DAYS = 14
const CLOCK_MS = 120_000

const codeOf = (error: unknown) => systemCode(error) ?? 'timeout'

/** What the codes of a connection mean, and what to do. */
const FIXES: Readonly<Record<string, Phrase>> = {
  ECONNREFUSED: t(
    'Nothing is listening there: check the base URL, or start what should listen.',
    '该地址没有程序监听：检查网关地址，或启动应监听的程序。',
  ),
  ECONNRESET: t(
    'Something on the way cut the connection: ask who runs the firewall.',
    '连接在途中被切断：请联系防火墙管理员。',
  ),
  ETIMEDOUT: t(
    'Nothing responds: a firewall may drop what leaves this machine.',
    '没有响应：防火墙可能丢弃了本机发出的数据。',
  ),
  ENETUNREACH: t(
    'This machine has no route there: check its network.',
    '本机没有到达该地址的路由：请检查网络。',
  ),
  CERT_HAS_EXPIRED: t(
    'The certificate of the host has expired, or the clock of this machine is wrong.',
    '主机证书已过期，或本机时钟有误。',
  ),
  CERT_NOT_YET_VALID: t(
    'The clock of this machine is behind, or the certificate is not valid yet.',
    '本机时钟偏慢，或证书尚未生效。',
  ),
  ERR_TLS_CERT_ALTNAME_INVALID: t(
    'The certificate is for another name: something else responds there.',
    '证书属于另一个域名：响应的是别的主机。',
  ),
  DEPTH_ZERO_SELF_SIGNED_CERT: t(
    'Something between here and LianLian responds in its place, or the host has a private authority: set NODE_EXTRA_CA_CERTS to it.',
    '途中有设备冒充主机响应，或主机使用私有颁发机构：把 NODE_EXTRA_CA_CERTS 设为其证书。',
  ),
  SELF_SIGNED_CERT_IN_CHAIN: t(
    'A proxy may open the connection. Only if that is intended, set NODE_EXTRA_CA_CERTS to its authority.',
    '代理可能拆开了连接。确属有意时，才把 NODE_EXTRA_CA_CERTS 设为其颁发机构。',
  ),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: t(
    'The authority of the certificate is unknown: set NODE_EXTRA_CA_CERTS to it, if you trust it.',
    '证书的颁发机构未知：若信任它，请把 NODE_EXTRA_CA_CERTS 设为其证书。',
  ),
}

const USUAL_FIX = t(
  'Check the network between here and the host.',
  '请检查本机与该主机之间的网络。',
)

function unreached(
  check: Check,
  { text, code }: { text: Phrase; code: string },
  fix: Phrase,
): Finding {
  const said = t(`${text.en} (${code}).`, `${text.zh}（${code}）。`)
  const words = errorText('doctor.unreached', said, fix)
  return problem(check, new TransportError('ERR_TRANSPORT_CONNECT', words, { delivered: 'no' }))
}

async function examineName(hostname: string): Promise<Finding | undefined> {
  const name = hostname.replace(/^\[|\]$/g, '')
  if (isIP(name) !== 0) return undefined
  try {
    const found = await lookup(name, { all: true })
    return fine('DNS', `${name}: ${found.map(({ address }) => address).join(', ')}`)
  } catch (error) {
    return unreached(
      'DNS',
      { text: t(`${name} has no address`, `${name} 没有解析到地址`), code: codeOf(error) },
      t('Check the resolver of this machine, and the name.', '请检查本机的 DNS 与该域名。'),
    )
  }
}

function describeTls(host: string, tls: NonNullable<Encounter['tls']>): Finding {
  const days = Math.floor((tls.validTo.getTime() - Date.now()) / DAY_MS)
  const { protocol, issuer } = tls
  const text = t(
    `${host}: ${protocol}, certificate of ${issuer}, ${days} days left`,
    `${host}：${protocol}，证书颁发者 ${issuer}，剩余 ${days} 天`,
  )
  return days > SOON_DAYS
    ? fine('TLS', text)
    : warn(
        'TLS',
        text,
        t(
          'Its certificate expires soon: tell the operator of that host.',
          '证书即将过期：请通知该主机的运维。',
        ),
      )
}

function describeClock(host: string, date: Date): Finding {
  const apart = Date.now() - date.getTime()
  const seconds = Math.round(Math.abs(apart) / 1000)
  if (Math.abs(apart) < CLOCK_MS) {
    return fine('clock', t(`in sync with ${host}`, `与 ${host} 同步`))
  }
  return warn(
    'clock',
    t(
      `${seconds} seconds ${apart > 0 ? 'ahead of' : 'behind'} ${host}`,
      `比 ${host} ${apart > 0 ? '快' : '慢'} ${seconds} 秒`,
    ),
    t('Synchronize the clock of this machine by NTP.', '请用 NTP 校准本机时钟。'),
  )
}

function describe(url: URL, { tls, date, localAddress }: Encounter): Finding[] {
  return [
    tls === undefined
      ? fine(
          'connection',
          t(
            `${url.host} responds over plain http, on this machine`,
            `${url.host} 在本机以 http 响应`,
          ),
        )
      : describeTls(url.host, tls),
    ...(date === undefined || Number.isNaN(date.getTime()) ? [] : [describeClock(url.host, date)]),
    ...(localAddress === undefined ? [] : [fine('outgoing address', localAddress)]),
  ]
}

async function examineHost(
  origin: string,
  env: Environment,
  signal: AbortSignal,
): Promise<Finding[]> {
  const url = new URL(origin)
  const proxy = proxyFor(origin, env)
  if (proxy !== undefined) {
    return [
      skipped(
        'connection',
        t(
          `${url.host} is reached through ${proxy}; --query tries it`,
          `经由 ${proxy} 访问 ${url.host}；用 --query 试连`,
        ),
      ),
    ]
  }
  const name = await examineName(url.hostname)
  const before = name === undefined ? [] : [name]
  if (name?.state === 'problem') return before
  try {
    return [...before, ...describe(url, await probe(origin, signal))]
  } catch (error) {
    if (signal.aborted) throw error
    const code = codeOf(error)
    const text = t(`${url.host} cannot be reached`, `无法连接 ${url.host}`)
    return [...before, unreached('connection', { text, code }, FIXES[code] ?? USUAL_FIX)]
  }
}

/** Whether the hosts can be reached, and are who they say. What is the same for all is said once. */
export async function examineNetwork(
  origins: readonly string[],
  env: Environment,
  signal: AbortSignal,
): Promise<Finding[]> {
  const found = await Promise.all(origins.map((origin) => examineHost(origin, env, signal)))
  const seen = new Set<string>()
  return found.flat().filter(({ check, text: { en } }) => {
    const isNew = !seen.has(`${check} ${en}`)
    seen.add(`${check} ${en}`)
    return isNew
  })
}
