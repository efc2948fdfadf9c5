import { createUnbindProcessor } from '@llpay/core/bulk'
import type { Scheduler } from 'fast-check'

import { withClock } from '../clock.ts'
import { Gateway } from '../gateway.ts'
import { Network, type Connections, type OnWritten } from '../network.ts'
import { World } from '../world.ts'
import { checkFlight, type Aftermath } from './job-rules.ts'
import type { JobsPlan } from './jobs-plan.ts'
import type { Queue, QueueParts } from './queues/queue.ts'
import { Reports } from './reports.ts'
import { MarksStore, Plays } from './stores.ts'
import { jobOf, startWorker, type Site } from './worker.ts'

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
