import type { UnbindJob, JobOutcome } from '@llpay/core/bulk'
import { createUnbindHandler, type BossHandler, type BossLike } from '@llpay/node/pg-boss'

import type { Actor } from '../../world.ts'
import { Bell, type Consumer, type Queue, type QueueParts } from '../run-queue.ts'

/** After so long pg-boss takes a job back from a worker that says nothing of it. */
const EXPIRES_MS = 900_000
const RETRY_DELAY_MS = 1_000
const NAME = 'unbind'

interface Job {
  readonly id: string
  readonly data: UnbindJob
  readonly createdOn: Date
  state: 'created' | 'active' | 'retry' | 'completed' | 'failed'
  retryCount: number
  /** When it may be fetched again, and who fetched it last. */
  startAfter: number
  fetch: object
}

const OUTCOMES = ['unbound', 'not-bound', 'refused', 'unknown']
const isFinal = (output: object): output is JobOutcome =>
  OUTCOMES.includes(String(Reflect.get(output, 'outcome')))

/** A model of pg-boss: batches that expire, jobs that fail and come again, a dead letter queue. */
export class BossQueue implements Queue {
  readonly #parts: QueueParts
  readonly #jobs: Job[] = []
  readonly #bell = new Bell()
  readonly #unexplained: string[] = []

  constructor(parts: QueueParts) {
    this.#parts = parts
  }

  add(data: UnbindJob): void {
    const { clock } = this.#parts.world
    this.#jobs.push({
      id: String(this.#jobs.length),
      data,
      createdOn: new Date(clock.wall),
      state: 'created',
      retryCount: 0,
      startAfter: clock.now,
      fetch: {},
    })
    this.#bell.ring()
  }

  start({ actor, processor, options }: Consumer): void {
    void this.#work(actor, createUnbindHandler(this.#bossOf(actor), processor, options))
  }

  stall(no_agree: string): void {
    for (const job of this.#jobs) {
      if (job.data.no_agree === no_agree) this.#expire(job, job.fetch)
    }
  }

  lost(): readonly string[] {
    const left = this.#jobs.filter(({ state }) => state !== 'completed' && state !== 'failed')
    return [
      ...left.map(({ data, state }) => `${data.no_agree} is still ${state}`),
      ...this.#unexplained,
    ]
  }

  #bossOf(actor: Actor): BossLike {
    const { world } = this.#parts
    const find = (id: string) => this.#jobs.find((job) => job.id === id)
    return {
      fail: async (_, id) => {
        await world.step(actor, 'fails a job')
        const job = find(id)
        if (job?.state === 'active') this.#retry(job)
      },
      update: async (_, __, { id, startAfter }) => {
        await world.step(actor, 'moves a job to later')
        const job = find(id)
        if (job?.state === 'retry') this.#wakeAt(job, startAfter.getTime() - world.clock.wall)
      },
    }
  }

  #retry(job: Job): void {
    job.state = 'retry'
    job.retryCount += 1
    this.#wakeAt(job, RETRY_DELAY_MS)
  }

  #wakeAt(job: Job, ms: number): void {
    const { clock } = this.#parts.world
    job.startAfter = clock.now + ms
    clock.set(() => this.#bell.ring(), ms)
  }

  #expire(job: Job, fetch: object): void {
    if (job.state !== 'active' || job.fetch !== fetch) return
    this.#parts.world.note('queue', `takes job ${job.data.no_agree} back`)
    this.#retry(job)
  }

  #fetch(): readonly Job[] {
    const { clock } = this.#parts.world
    const ready = this.#jobs.filter(
      ({ state, startAfter }) =>
        (state === 'created' || state === 'retry') && startAfter <= clock.now,
    )
    const batch = ready.slice(0, this.#parts.concurrency)
    for (const job of batch) {
      const fetch = {}
      job.state = 'active'
      job.fetch = fetch
      clock.set(() => this.#expire(job, fetch), EXPIRES_MS)
    }
    return batch
  }

  async #work(actor: Actor, handler: BossHandler): Promise<void> {
    const { world } = this.#parts
    for (;;) {
      await world.step(actor, 'fetches jobs')
      const batch = this.#fetch()
      if (batch.length === 0) await this.#bell.wait()
      else await this.#carryOut(actor, handler, batch)
    }
  }

  async #carryOut(actor: Actor, handler: BossHandler, batch: readonly Job[]): Promise<void> {
    const fetches = batch.map(({ fetch }) => fetch)
    const { signal } = new AbortController()
    const given = batch.map(({ id, data, retryCount, createdOn }) => ({
      id,
      name: NAME,
      data,
      retryCount,
      createdOn,
      signal,
    }))
    const results = await handler(given).catch(() => [])
    await this.#parts.world.step(actor, 'hands results in')
    for (const [index, job] of batch.entries()) {
      if (job.state !== 'active' || job.fetch !== fetches[index]) continue
      const result = results.find(({ id }) => id === job.id)
      if (result === undefined || result.status === 'failed') this.#retry(job)
      else this.#finish(actor, job, result.status, result.output)
    }
  }

  #finish(actor: Actor, job: Job, status: 'completed' | 'deadletter', output: object): void {
    job.state = status === 'completed' ? 'completed' : 'failed'
    const { no_agree } = job.data
    if (isFinal(output)) this.#parts.reports.hear(actor, no_agree, output, 'queue')
    else this.#unexplained.push(`${no_agree} has no outcome in the queue`)
  }
}
