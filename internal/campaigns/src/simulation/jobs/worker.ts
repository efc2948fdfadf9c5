import { OID_PARTNER } from '@internal/testkit/merchant'
import { createCaller } from '@llpay/core/adapter'
import type {
  createUnbindProcessor,
  DeliveryOptions,
  UnbindJob,
  UnbindProcessor,
} from '@llpay/core/bulk'

import { GATEWAY_VERIFIER, MERCHANT_KEY } from '../gateway.ts'
import type { Network } from '../network.ts'
import { newActor, type Actor, type World } from '../world.ts'
import type { JobsPlan } from './jobs-plan.ts'
import type { Queue } from './queues/queue.ts'
import type { Reports } from './reports.ts'
import type { MarksStore, Plays } from './stores.ts'

/** What all workers of a history share. */
export interface Site {
  readonly world: World
  readonly plan: JobsPlan
  readonly network: Network
  readonly marks: MarksStore
  readonly reports: Reports
  readonly queue: Queue
  /** What goes wrong with the merchant's hook. */
  readonly hooks: Plays
  /** Makes the processor of a worker: the code under test, or one with a planted defect. */
  readonly makeProcessor: typeof createUnbindProcessor
}

const TIMEOUT_MS = 30_000
const RESTART_MS = 2_000
/** An operator looks after a worker that stopped. */
const OPERATOR_MS = 7_200_000
const JOB_ID_KEY = new Uint8Array(16)

const agreementOf = (job: unknown): string => String(Reflect.get(Object(job), 'no_agree'))

/** The processor of a worker. Jobs have their agreement's number as their id, so that no HMAC is made. */
function processorOf(actor: Actor, site: Site): UnbindProcessor {
  const { network, marks, reports, world, makeProcessor } = site
  const caller = createCaller({
    oidPartner: OID_PARTNER,
    timeoutMs: TIMEOUT_MS,
    signer: MERCHANT_KEY.signer,
    verifiers: [GATEWAY_VERIFIER],
    transport: network.transportOf(actor),
    clock: world.clockOf(actor),
  })
  const processor = makeProcessor(caller, {
    oidPartner: OID_PARTNER,
    jobIdKey: JOB_ID_KEY,
    marks: marks.of(actor),
  })
  return {
    ...processor,
    process: async (job, options) => {
      const no_agree = agreementOf(job)
      const end = reports.begin(actor, no_agree)
      const verdict = await processor.process(job, { ...options, jobId: no_agree }).finally(end)
      const code = 'code' in verdict ? ` (${verdict.code})` : ''
      world.note(actor.name, `concludes ${no_agree}: ${verdict.outcome}${code}`)
      return verdict
    },
  }
}

/** Starts the worker of a place, and another one whenever it dies. */
export function startWorker(site: Site, place: number, life = 0): void {
  const { world, plan, queue, reports, hooks } = site
  const deaths = plan.deaths.filter(({ worker }) => worker % plan.workers === place)
  const death = deaths[life]
  const actor = newActor(
    `worker ${'ABC'[place]}${life + 1}`,
    death === undefined ? [] : [{ afterSteps: death.afterSteps, what: 'dies' }],
  )
  actor.onDeath = () => {
    world.clock.set(() => startWorker(site, place, life + 1), RESTART_MS)
  }
  let isStopped = false
  const options: DeliveryOptions = {
    clock: world.clockOf(actor),
    maxTries: plan.maxTries,
    onVerdict: async (verdict, job) => {
      if (verdict.outcome === 'retry') return
      const hear = () => reports.hear(actor, agreementOf(job), verdict, 'hook')
      await hooks.access(actor, 'calls the hook', hear)
    },
    onStop: () => {
      if (isStopped) return
      isStopped = true
      world.note(actor.name, 'stops')
      world.clock.set(() => world.kill(actor, 'is restarted by an operator'), OPERATOR_MS)
    },
    onError: () => world.note(actor.name, 'meets an error of a store or hook'),
  }
  queue.start({ actor, processor: processorOf(actor, site), options })
}

/** The job of a card. */
export const jobOf = (plan: JobsPlan, card: number): UnbindJob => {
  const payType = plan.cards[card]?.payType
  const named = payType === undefined ? {} : { pay_type: payType }
  return { user_id: 'u1', no_agree: `card${card + 1}`, ...named }
}
