import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'

import { TransportError } from '@llpay/core'
import { proxyFor } from '@llpay/node'

import type { Environment } from '../config/environment.ts'
import { systemCode } from '../system-code.ts'
import { warn, fine, problem, skipped, type Finding } from './finding.ts'
import { knock, type Encounter } from './knock.ts'

const DAY_MS = 86_400_000
const SOON_DAYS = 14
const CLOCK_MS = 120_000

const codeOf = (error: unknown) => systemCode(error) ?? 'no answer in time'

/** What the codes of a connection mean, and what to do. */
const FIXES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there: check the base URL, or start what should listen.',
  ECONNRESET: 'Something on the way cut the connection: ask whoever runs the firewall.',
  ETIMEDOUT: 'Nothing answers: a firewall may drop what leaves this machine.',
  ENETUNREACH: 'This machine has no way there: check its network.',
  CERT_HAS_EXPIRED:
    'The certificate of the host is too old, or the clock of this machine is wrong.',
  CERT_NOT_YET_VALID: 'The clock of this machine is behind, or the certificate is not valid yet.',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'The certificate is for another name: something else answers there.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'Something between here and LianLian answers in its place, or the host has a private authority: set NODE_EXTRA_CA_CERTS to it.',
  SELF_SIGNED_CERT_IN_CHAIN:
    'A proxy may open the connection. Only if that is meant, set NODE_EXTRA_CA_CERTS to its authority.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'The authority of the certificate is not known: set NODE_EXTRA_CA_CERTS to it, if it is to be trusted.',
}

const USUAL_FIX = 'Check the network between here and the host.'

const unreached = (check: string, what: string, code: string) =>
  problem(
    check,
    new TransportError('ERR_TRANSPORT_CONNECT', `${what} (${code}).`, { delivered: 'no' }),
    FIXES[code] ?? USUAL_FIX,
  )

async function examineName(hostname: string): Promise<Finding | undefined> {
  const name = hostname.replace(/^\[|\]$/g, '')
  if (isIP(name) !== 0) return undefined
  try {
    const found = await lookup(name, { all: true })
    return fine('DNS', `${name}: ${found.map(({ address }) => address).join(', ')}`)
  } catch (error) {
    return problem(
      'DNS',
      new TransportError('ERR_TRANSPORT_CONNECT', `${name} has no address (${codeOf(error)}).`, {
        delivered: 'no',
      }),
      'Check the resolver of this machine, and the name.',
    )
  }
}

function describeTls(host: string, tls: NonNullable<Encounter['tls']>): Finding {
  const days = Math.floor((tls.validTo.getTime() - Date.now()) / DAY_MS)
  const text = `${host}: ${tls.protocol}, certificate of ${tls.issuer}, ${days} days left`
  return days > SOON_DAYS
    ? fine('TLS', text)
    : warn('TLS', text, 'Its certificate ends soon: tell whoever runs that host.')
}

function describeClock(host: string, date: Date): Finding {
  const apart = Date.now() - date.getTime()
  const seconds = Math.round(Math.abs(apart) / 1000)
  if (Math.abs(apart) < CLOCK_MS) return fine('clock', `with that of ${host}`)
  return warn(
    'clock',
    `${seconds} seconds ${apart > 0 ? 'ahead of' : 'behind'} that of ${host}`,
    'Set the clock of this machine by NTP.',
  )
}

function describe(url: URL, { tls, date, localAddress }: Encounter): Finding[] {
  return [
    tls === undefined
      ? fine('connection', `${url.host} answers in plain http, on this machine`)
      : describeTls(url.host, tls),
    ...(date === undefined || Number.isNaN(date.getTime()) ? [] : [describeClock(url.host, date)]),
    ...(localAddress === undefined ? [] : [fine('leaves from', localAddress)]),
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
    return [skipped('connection', `${url.host} is reached through ${proxy}; --query tries it`)]
  }
  const name = await examineName(url.hostname)
  const before = name === undefined ? [] : [name]
  if (name?.state === 'problem') return before
  try {
    return [...before, ...describe(url, await knock(origin, signal))]
  } catch (error) {
    if (signal.aborted) throw error
    return [...before, unreached('connection', `${url.host} cannot be reached`, codeOf(error))]
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
  return found.flat().filter(({ check, text }) => {
    const isNew = !seen.has(`${check} ${text}`)
    seen.add(`${check} ${text}`)
    return isNew
  })
}
