import type { UnbindJob, JobOutcome } from '@llpay/core/bulk'
import { createUnbindHandler, type BullHandler } from '@llpay/node/bullmq'

import type { Actor } from '../../world.ts'
import { Bell, type Consumer, type Queue, type QueueParts } from '../run-queue.ts'

/** After so long the queue notices that a worker is gone. */
const STALLED_MS = 30_000

interface Job {
  readonly data: UnbindJob
  readonly timestamp: number
  state: 'waiting' | 'active' | 'delayed' | 'completed' | 'failed'
  attemptsStarted: number
  /** Who holds it; somebody else does after it was given to another. */
  lock: object
}

/** A model of BullMQ: locks that expire, jobs that are moved to later, completed or failed for good. */
export class BullQueue implements Queue {
  readonly #parts: QueueParts
  readonly #jobs: Job[] = []
  readonly #bell = new Bell()
  readonly #unexplained: string[] = []

  constructor(parts: QueueParts) {
    this.#parts = parts
  }

  add(data: UnbindJob): void {
    const timestamp = this.#parts.world.clock.wall
    this.#jobs.push({ data, timestamp, state: 'waiting', attemptsStarted: 0, lock: {} })
    this.#bell.ring()
  }

  start({ actor, processor, options }: Consumer): void {
    const handler = createUnbindHandler(processor, options)
    const held = new Map<object, Job>()
    for (let lane = 0; lane < this.#parts.concurrency; lane += 1) {
      void this.#work(actor, handler, held)
    }
    const before = actor.onDeath
    actor.onDeath = () => {
      before?.()
      for (const [lock, job] of held) this.#expire(job, lock)
    }
  }

  stall(no_agree: string): void {
    for (const job of this.#jobs) {
      if (job.data.no_agree === no_agree && job.state === 'active') this.#release(job)
    }
  }

  lost(): readonly string[] {
    const left = this.#jobs.filter(({ state }) => state !== 'completed' && state !== 'failed')
    return [
      ...left.map(({ data, state }) => `${data.no_agree} is still ${state}`),
      ...this.#unexplained,
    ]
  }

  #expire(job: Job, lock: object): void {
    this.#parts.world.clock.set(() => {
      if (job.state === 'active' && job.lock === lock) this.#release(job)
    }, STALLED_MS)
  }

  #release(job: Job): void {
    job.state = 'waiting'
    job.lock = {}
    this.#parts.world.note('queue', `gives up the lock of job ${job.data.no_agree}`)
    this.#bell.ring()
  }

  async #work(actor: Actor, handler: BullHandler, held: Map<object, Job>): Promise<void> {
    for (;;) {
      const job = this.#jobs.find(({ state }) => state === 'waiting')
      if (job === undefined) {
        await this.#bell.wait()
        continue
      }
      await this.#parts.world.step(actor, 'takes a job')
      if (job.state !== 'waiting') continue
      job.state = 'active'
      job.attemptsStarted += 1
      const lock = {}
      job.lock = lock
      held.set(lock, job)
      await this.#carryOut(actor, handler, job, lock)
      held.delete(lock)
    }
  }

  async #carryOut(actor: Actor, handler: BullHandler, job: Job, lock: object): Promise<void> {
    const { world } = this.#parts
    const { data, timestamp, attemptsStarted } = job
    const ended = await handler({
      data,
      timestamp,
      attemptsStarted,
      moveToDelayed: async (until) => {
        await world.step(actor, 'delays a job')
        if (job.lock !== lock) throw new Error('Missing lock')
        this.#delay(job, until)
      },
    }).catch((error: Error) => error)
    await world.step(actor, 'ends a job')
    if (job.lock !== lock || job.state !== 'active') return
    if (ended instanceof Error) {
      job.state = 'failed'
      this.#hearFailure(actor, job, ended)
    } else {
      job.state = 'completed'
      this.#parts.reports.hear(actor, data.no_agree, ended, 'queue')
    }
  }

  #hearFailure(actor: Actor, { data }: Job, { name, message }: Error): void {
    if (name === 'UnrecoverableError') {
      const verdict: JobOutcome = JSON.parse(message)
      this.#parts.reports.hear(actor, data.no_agree, verdict, 'queue')
    } else {
      this.#unexplained.push(`${data.no_agree} failed without an outcome (${message})`)
    }
  }

  #delay(job: Job, until: number): void {
    const { clock } = this.#parts.world
    job.state = 'delayed'
    clock.set(() => {
      job.state = 'waiting'
      this.#bell.ring()
    }, until - clock.wall)
  }
}
