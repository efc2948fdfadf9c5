import { OID_PARTNER } from '@internal/testkit/merchant'
import { createCaller } from '@llpay/core/adapter'
import {
  type DeliveryOptions,
  type UnbindJob,
  type UnbindProcessor,
  createUnbindProcessor,
} from '@llpay/core/bulk'
import type { Scheduler } from 'fast-check'

import { withClock } from '../clock.ts'
import { GATEWAY_VERIFIER, MERCHANT_KEY, Gateway } from '../gateway.ts'
import { Network, type Connections, type OnWritten } from '../network.ts'
import { type Actor, World, newActor } from '../world.ts'
import { Reports, checkFlight, type Aftermath } from './job-rules.ts'
import type { JobsPlan } from './jobs-plan.ts'
import { Plays, MarksStore } from './stores.ts'

/** What a model of a queue is made with. */
export interface QueueParts {
  readonly world: World
  readonly reports: Reports
  /** How many jobs a worker takes at a time. */
  readonly concurrency: number
  /** What goes wrong with the queue of failed jobs. */
  readonly failedQueue: Plays
}

/** A worker as a queue sees it. */
export interface Consumer {
  readonly actor: Actor
  readonly processor: UnbindProcessor
  readonly options: DeliveryOptions
}

/** A model of a queue: it takes jobs, gives them to workers, and remembers what they came to. */
export interface Queue {
  add(job: UnbindJob): void
  start(consumer: Consumer): void
  /** Loses patience with the worker of a job, and gives it to another. */
  stall(no_agree: string): void
  /** The jobs that the queue dropped, or still has when nothing happens any more. */
  lost(): readonly string[]
}

/** Wakes those who wait for work. */
export class Bell {
  #waiting: (() => void)[] = []

  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
    })
  }

  ring(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }
}

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
function startWorker(site: Site, place: number, life = 0): void {
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
const jobOf = (plan: JobsPlan, card: number): UnbindJob => {
  const payType = plan.cards[card]?.payType
  const named = payType === undefined ? {} : { pay_type: payType }
  return { user_id: 'u1', no_agree: `card${card + 1}`, ...named }
}

/** A history that happened. */
export interface Past extends Aftermath {
  readonly world: World
}

/** Defects that a test plants. */
export interface Planted {
  readonly makeProcessor?: typeof createUnbindProcessor
  readonly connections?: Connections
}

function planEvents({ world, plan, queue }: Site, gateway: Gateway): void {
  const { clock } = world
  const cards = plan.cards.map((_, index) => jobOf(plan, index))
  const nth = (card: number) => cards[card % cards.length] ?? jobOf(plan, 0)
  for (const { afterMs, card } of plan.duplicates) {
    clock.set(() => {
      world.note('merchant', `adds job ${nth(card).no_agree} again`)
      queue.add(nth(card))
    }, afterMs)
  }
  for (const { afterMs, card } of plan.stalls) {
    clock.set(() => queue.stall(nth(card).no_agree), afterMs)
  }
  for (const { afterMs, card } of plan.rebinds) {
    const { no_agree, pay_type = '2' } = nth(card)
    clock.set(() => gateway.bind(no_agree, pay_type), afterMs)
  }
  for (const { afterMs, ms } of plan.clockSteps) {
    clock.set(() => world.stepWall(ms), afterMs)
  }
  for (const job of cards) queue.add(job)
}

/** Lets workers at a queue live through a plan. */
export async function runQueue(
  scheduler: Scheduler,
  plan: JobsPlan,
  open: (parts: QueueParts) => Queue,
  planted: Planted = {},
): Promise<Past> {
  const { makeProcessor = createUnbindProcessor, connections } = planted
  const world = new World(scheduler, plan.seed)
  const gateway = new Gateway(world, plan.absent)
  const reports = new Reports(world)
  const marks = new MarksStore(world, plan.marks)
  const badFlights: { rule: string; problem: string }[] = []
  const cards = new Map(plan.cards.map((card, index) => [jobOf(plan, index).no_agree, card]))
  const onWritten: OnWritten = (flight, all) => {
    badFlights.push(...checkFlight(flight, all, marks, reports))
  }
  const network = new Network(world, gateway, cards, onWritten, connections)
  const failedQueue = new Plays(world, plan.failedQueue)
  const queue = open({ world, reports, concurrency: plan.concurrency, failedQueue })
  const hooks = new Plays(world, plan.hooks)
  const site: Site = { world, plan, network, marks, reports, queue, hooks, makeProcessor }
  const isEndless = await withClock(world.clock, world.random, async () => {
    for (const [no_agree, { bound }] of cards) {
      for (const payType of bound) gateway.bind(no_agree, payType)
    }
    planEvents(site, gateway)
    for (let place = 0; place < plan.workers; place += 1) startWorker(site, place)
    return world.isEndless()
  })
  return { world, gateway, reports, badFlights, isEndless, lost: isEndless ? [] : queue.lost() }
}
