import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { TLSSocket } from 'node:tls'

const TIMEOUT_MS = 5_000

/** What a host showed of itself before any call was made. */
export interface Encounter {
  /** The address that this machine used. */
  readonly localAddress: string | undefined
  /** By the clock of the host; `undefined` where it did not say. */
  readonly date: Date | undefined
  /** `undefined` for plain http. */
  readonly tls:
    | { readonly protocol: string; readonly issuer: string; readonly validTo: Date }
    | undefined
}

function describeTls(socket: unknown): Encounter['tls'] {
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
export async function knock(origin: string, signal: AbortSignal): Promise<Encounter> {
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
    tls: describeTls(socket),
  }
  reply.destroy()
  return encounter
}
