import type { Transport } from '@llpay/core'
import { createCoreClient } from '@llpay/core/adapter/client'
import { createSigner, createVerifier } from '@llpay/node'

import { undiciTransport } from '../../../../packages/node/src/transport/undici-transport.ts'
import { fastClock, fastMs } from '../fast-clock.ts'
import type { CardTruth } from '../gateway/protocol.ts'
import { startGateway } from '../gateway/start-gateway.ts'
import { inParallel } from '../in-parallel.ts'
import { keys, OID_PARTNER } from '../merchant.ts'
import { drawCase, type Case } from './draw-case.ts'
import { reportOfError, reportOfResult, type Reported } from './report-kind.ts'
import { emptyTrace, tracedTransport, type Trace } from './traced-transport.ts'

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
  const { merchant, gateway } = keys()
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
