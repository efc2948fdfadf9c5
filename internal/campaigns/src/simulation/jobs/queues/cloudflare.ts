import type { UnbindJob } from '@llpay/core/bulk'
import { createUnbindHandler, type FailedJob, type MessageBatchLike } from '@llpay/edge/queues'

import type { Actor } from '../../world.ts'
import { Bell, type Consumer, type Queue, type QueueParts } from '../run-queue.ts'

/** After so long Cloudflare delivers again what nobody has acknowledged. */
const REDELIVERS_MS = 900_000
/** As the handler's documentation asks for. */
const MAX_RETRIES = 100

interface Message {
  readonly body: UnbindJob
  readonly timestamp: Date
  attempts: number
  state: 'waiting' | 'in flight' | 'acknowledged' | 'dropped'
  delivery: object
}

type Answer = 'ack' | { readonly delaySeconds: number }

/** A model of Cloudflare Queues: nothing is kept of a message that was acknowledged. */
export class CloudflareQueue implements Queue {
  readonly #parts: QueueParts
  readonly #messages: Message[] = []
  readonly #bell = new Bell()
  /** The jobs whose outcome reached a place where it is kept. */
  readonly #kept = new Set<string>()

  constructor(parts: QueueParts) {
    this.#parts = parts
  }

  add(body: UnbindJob): void {
    const timestamp = new Date(this.#parts.world.clock.wall)
    this.#messages.push({ body, timestamp, attempts: 0, state: 'waiting', delivery: {} })
    this.#bell.ring()
  }

  start({ actor, processor, options }: Consumer): void {
    const { failedQueue, reports } = this.#parts
    const handler = createUnbindHandler(processor, {
      ...options,
      failed: {
        send: (body) =>
          failedQueue.access(actor, 'sends to the failed queue', () =>
            this.#keepFailed(actor, body),
          ),
      },
      onVerdict: async (verdict, job) => {
        await options.onVerdict?.(verdict, job)
        const { no_agree } = readJob(job)
        const isDone = verdict.outcome === 'unbound' || verdict.outcome === 'not-bound'
        if (isDone && reports.all.some((each) => each.no_agree === no_agree))
          this.#kept.add(no_agree)
      },
    })
    void this.#work(actor, handler)
  }

  stall(no_agree: string): void {
    for (const message of this.#messages) {
      if (message.body.no_agree === no_agree && message.state === 'in flight') {
        this.#deliverAgain(message, 0)
      }
    }
  }

  lost(): readonly string[] {
    return this.#messages
      .filter(({ body, state }) => state !== 'acknowledged' || !this.#kept.has(body.no_agree))
      .map(({ body, state }) => `${body.no_agree} is ${state}, and nobody has its outcome`)
  }

  #keepFailed(actor: Actor, body: unknown): void {
    const { job, verdict } = readFailed(body)
    this.#kept.add(job.no_agree)
    this.#parts.reports.hear(actor, job.no_agree, verdict, 'queue')
  }

  async #work(actor: Actor, handler: (batch: MessageBatchLike) => Promise<void>): Promise<void> {
    for (;;) {
      await this.#parts.world.step(actor, 'is given a batch')
      const batch = this.#messages
        .filter(({ state }) => state === 'waiting')
        .slice(0, this.#parts.concurrency)
      if (batch.length === 0) await this.#bell.wait()
      else await this.#deliver(actor, handler, batch)
    }
  }

  async #deliver(
    actor: Actor,
    handler: (batch: MessageBatchLike) => Promise<void>,
    batch: readonly Message[],
  ): Promise<void> {
    const { world } = this.#parts
    const answers = new Map<Message, Answer>()
    const deliveries = batch.map((message) => this.#hand(message))
    const messages = batch.map((message) => ({
      body: message.body,
      timestamp: message.timestamp,
      attempts: message.attempts,
      ack: () => void answers.set(message, 'ack'),
      retry: (options: { readonly delaySeconds: number }) => void answers.set(message, options),
    }))
    await handler({ messages }).catch(() => undefined)
    await world.step(actor, 'ends a batch')
    for (const [index, message] of batch.entries()) {
      if (message.delivery === deliveries[index]) this.#end(message, answers.get(message))
    }
  }

  #hand(message: Message): object {
    const delivery = {}
    message.attempts += 1
    message.state = 'in flight'
    message.delivery = delivery
    this.#parts.world.clock.set(() => {
      if (message.delivery === delivery && message.state === 'in flight') {
        this.#deliverAgain(message, 0)
      }
    }, REDELIVERS_MS)
    return delivery
  }

  #end(message: Message, answer: Answer | undefined): void {
    if (answer !== 'ack') {
      this.#deliverAgain(message, (answer?.delaySeconds ?? 0) * 1_000)
      return
    }
    message.state = 'acknowledged'
    this.#parts.world.note('queue', `forgets job ${message.body.no_agree}: acknowledged`)
  }

  #deliverAgain(message: Message, ms: number): void {
    const { clock } = this.#parts.world
    const delivery = {}
    message.delivery = delivery
    message.state = 'in flight'
    if (message.attempts > MAX_RETRIES) {
      message.state = 'dropped'
      return
    }
    clock.set(() => {
      if (message.delivery !== delivery) return
      message.state = 'waiting'
      this.#bell.ring()
    }, ms)
  }
}

function readJob(job: unknown): UnbindJob {
  const { user_id = '', no_agree = '' } = Object(job)
  return { user_id: String(user_id), no_agree: String(no_agree) }
}

function readFailed(body: unknown): FailedJob & { readonly job: UnbindJob } {
  const { job, verdict }: FailedJob = Object(body)
  return { job: readJob(job), verdict }
}
