import { appendFileSync } from 'node:fs'

import { undiciTransport } from '@internal/sources/node-transport'
import { fastClock, fastMs } from '@internal/testkit/clocks'
import { OID_PARTNER } from '@internal/testkit/merchant'
import { merchantKeys } from '@internal/testkit/signing'
import { createCoreClient } from '@llpay/core/adapter/client'
import {
  createUnbindProcessor,
  type SentMarks,
  type UnbindProcessor,
  type JobOutcome,
} from '@llpay/core/bulk'
import { createSigner, createVerifier } from '@llpay/node'

import { JOB_ID_KEY } from './subject.ts'

const TIMEOUT_MS = 1_500
/** The delay before another try is shortened: it proves nothing. */
const DELAY_MS = 300

/**
 * Goes on after an outcome that stops: forged replies are among the faults, and the contract suite proves
 * that they stop a worker.
 */
function goOn(verdict: JobOutcome): JobOutcome {
  if (verdict.outcome === 'retry') return { ...verdict, delayMs: DELAY_MS, stop: false }
  return verdict.outcome === 'unknown' ? { ...verdict, stop: false } : verdict
}

/** The processor of a worker that is going to be killed. */
export async function createWorkerProcessor(marks: SentMarks): Promise<UnbindProcessor> {
  const { merchant, gateway } = merchantKeys()
  const client = createCoreClient({
    oidPartner: OID_PARTNER,
    baseUrl: process.env['GATEWAY_URL'],
    timeoutMs: fastMs(TIMEOUT_MS),
    signer: await createSigner(merchant.pkcs8Pem, 'MD5withRSA'),
    verifiers: [await createVerifier(gateway.spkiPem, 'MD5withRSA')],
    transport: undiciTransport(),
    clock: fastClock,
  })
  const options = { oidPartner: OID_PARTNER, jobIdKey: JOB_ID_KEY, marks }
  const processor = createUnbindProcessor(client, options)
  return { ...processor, process: async (job, given) => goOn(await processor.process(job, given)) }
}

/** Writes a final outcome down, in one write, so that a kill cannot tear it. */
export function noteVerdict({ outcome }: JobOutcome, job: unknown): void {
  if (outcome === 'retry' || typeof job !== 'object' || job === null) return
  const line = { no_agree: Reflect.get(job, 'no_agree'), outcome, starts: 0 }
  appendFileSync(process.env['HOOK_FILE'] ?? '', `${JSON.stringify(line)}\n`)
}

/** How many deliveries a job has. */
export const MAX_TRIES = 12
/** How many jobs are in flight at the same time. */
export const CONCURRENCY = 32
