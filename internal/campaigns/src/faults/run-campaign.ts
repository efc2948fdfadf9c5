import { undiciTransport } from '@internal/sources/node-transport'
import { fastClock, fastMs } from '@internal/testkit/clocks'
import { OID_PARTNER } from '@internal/testkit/merchant'
import { merchantKeys } from '@internal/testkit/signing'
import type { Transport } from '@llpay/core'
import { createCoreClient } from '@llpay/core/adapter/client'
import { createSigner, createVerifier } from '@llpay/node'

import { CARD_HEADER, SERIAL_HEADER, type Asked, type CardTruth } from '../gateway/gateway.ts'
import { startGateway } from '../gateway/start-gateway.ts'
import { inParallel } from '../in-parallel.ts'
import { type Case, drawCase } from './cases.ts'

/** What a call reported to its caller, as a row of the table. */
export type Reported =
  | 'unbound, signed-reply'
  | 'unbound, signed-query'
  | 'unbound, unsigned-query'
  | 'refused'
  | 'bound elsewhere'
  | 'not delivered'
  | 'untrusted'
  | 'unknown, listed'
  | 'unknown, not-listed'
  | 'unknown, inconclusive'
  | 'unknown, list not asked'
  | 'something else'

/** The rows of the table, in order. */
export const REPORTED: readonly Reported[] = [
  'unbound, signed-reply',
  'unbound, signed-query',
  'unbound, unsigned-query',
  'refused',
  'bound elsewhere',
  'not delivered',
  'untrusted',
  'unknown, listed',
  'unknown, not-listed',
  'unknown, inconclusive',
  'unknown, list not asked',
  'something else',
]

const ERRORS: Readonly<Record<string, (error: object) => string>> = {
  RejectedError: (error) =>
    Reflect.get(error, 'code') === 'ERR_AGREEMENT_ELSEWHERE' ? 'bound elsewhere' : 'refused',
  SignatureError: () => 'untrusted',
  ProtocolError: () => 'untrusted',
  UnknownOutcomeError: (error) =>
    `unknown, ${String(Reflect.get(error, 'lastSeen') ?? 'list not asked')}`,
  TransportError: (error) => (Reflect.get(error, 'delivered') === 'no' ? 'not delivered' : ''),
}

const known = (text: string): Reported => REPORTED.find((each) => each === text) ?? 'something else'

/** Reads what a call resolved to. */
const reportOfResult = ({ outcome, evidence }: { outcome: string; evidence: string }) =>
  known(`${outcome}, ${evidence}`)

/** Reads what a call was rejected with. */
function reportOfError(error: unknown): Reported {
  if (!(error instanceof Error)) return 'something else'
  return known(ERRORS[error.name]?.(error) ?? '')
}

/** What the merchant's side of the wire saw of a case. */
export interface Trace {
  readonly sent: Record<Asked, number>
  /** Requests without a reply. */
  readonly failed: Record<Asked, number>
  /** The numbers of the replies that came in whole. */
  readonly received: number[]
}

const emptyTrace = (): Trace => ({
  sent: { change: 0, list: 0, elsewhere: 0 },
  failed: { change: 0, list: 0, elsewhere: 0 },
  received: [],
})

/** Port 1 is outside of what a system gives to connections, so nothing can take it meanwhile. */
const NOWHERE = 'http://127.0.0.1:1'

/** Puts a trace, and refused connections, between a call and the transport. */
function tracedTransport(send: Transport, { params, refused }: Case, trace: Trace): Transport {
  return async (request, signal) => {
    const { pathname } = new URL(request.url)
    const { pay_type = '2' } = JSON.parse(new TextDecoder().decode(request.body))
    const asked: Asked = pathname.endsWith('/bankcardunbind.htm')
      ? 'change'
      : pay_type === params.pay_type
        ? 'list'
        : 'elsewhere'
    trace.sent[asked] += 1
    const url = trace.sent[asked] <= refused[asked] ? `${NOWHERE}${pathname}` : request.url
    const headers = { ...request.headers, [CARD_HEADER]: params.no_agree }
    try {
      const response = await send({ ...request, url, headers }, signal)
      trace.received.push(Number(response.headers[SERIAL_HEADER]))
      return response
    } catch (error) {
      trace.failed[asked] += 1
      throw error
    }
  }
}

/** The modes under test. */
export type Mode = 'auto' | 'always'

/** How large a campaign is. */
export interface Size {
  readonly count: number
  readonly concurrency: number
  readonly seed: number
}

/** A case with what was reported, and what is true. */
export interface Finding {
  readonly drawn: Case
  readonly trace: Trace
  readonly reported: Reported
  readonly truth: CardTruth
}

/** What a mode came to. */
export interface Campaign {
  readonly mode: Mode
  readonly findings: readonly Finding[]
  readonly seconds: number
}

const TIMEOUT_MS = 4_000

async function callWith(send: Transport, url: string, settle: Mode) {
  const { merchant, gateway } = merchantKeys()
  const signer = await createSigner(merchant.pkcs8Pem, 'MD5withRSA')
  const verifiers = [await createVerifier(gateway.spkiPem, 'MD5withRSA')]
  return async (drawn: Case, trace: Trace): Promise<Reported> => {
    const client = createCoreClient({
      oidPartner: OID_PARTNER,
      baseUrl: url,
      timeoutMs: fastMs(TIMEOUT_MS),
      settle,
      signer,
      verifiers,
      transport: tracedTransport(send, drawn, trace),
      clock: fastClock,
    })
    return client.card.unbind(drawn.params).then(reportOfResult, reportOfError)
  }
}

/** Unbinds every card of a campaign, and then asks the gateway what is true. */
export async function runCampaign(
  mode: Mode,
  { count, concurrency, seed }: Size,
): Promise<Campaign> {
  await using gateway = await startGateway()
  const cases = Array.from({ length: count }, (_, number) => drawCase(seed, number))
  await gateway.ask(
    '/open',
    cases.map(({ plan }) => plan),
  )
  const call = await callWith(undiciTransport(), gateway.url, mode)
  const told: Omit<Finding, 'truth'>[] = []
  const started = performance.now()
  await inParallel(cases, concurrency, async (drawn) => {
    const trace = emptyTrace()
    told.push({ drawn, trace, reported: await call(drawn, trace) })
  })
  const seconds = (performance.now() - started) / 1000
  const truths: Record<string, CardTruth> = JSON.parse(await gateway.ask('/truth'))
  const findings = told.flatMap((each) => {
    const truth = truths[each.drawn.params.no_agree]
    return truth === undefined ? [] : [{ ...each, truth }]
  })
  return { mode, findings, seconds }
}
