import {
  createDelivery,
  type DeliveryOptions,
  type UnbindJob,
  type UnbindProcessor,
  type JobOutcome,
} from '@llpay/core/bulk'

/** Cloudflare delays a message by 12 hours at most. */
const MAX_DELAY_SECONDS = 43_200

/** What is used of a message of Cloudflare Queues. */
export interface MessageLike {
  readonly body: unknown
  /** When it was sent. */
  readonly timestamp: Date
  readonly attempts: number
  ack(): void
  retry(options: { readonly delaySeconds: number }): void
}

/** What is used of a batch of Cloudflare Queues. */
export interface MessageBatchLike {
  readonly messages: readonly MessageLike[]
}

/** What is used of the binding of a queue, to send to it. */
export interface QueueLike {
  send(body: unknown): Promise<unknown>
}

/** What the queue of failed jobs holds. */
export interface FailedJob {
  readonly job: unknown
  readonly verdict: JobOutcome
}

/** How the jobs of a queue are carried out. */
export interface QueueOptions extends DeliveryOptions {
  /** The binding of the queue for jobs that are `refused` or `unknown`: each a `FailedJob`. */
  readonly failed: QueueLike
}

/**
 * Turns a processor into what a Worker does with a batch of Cloudflare Queues. Cloudflare keeps no
 * results: store them in `onVerdict`. `unbound` and `not-bound` acknowledge the message; `refused` and
 * `unknown` send it, with its verdict, to the queue of failed jobs first. `retry` has the message
 * delivered again after the delay. A message is acknowledged last: where a hook, the queue of failed
 * jobs or the marks throw, it is delivered again. After a verdict that stops, the rest of the batch and
 * what this handler is given afterwards goes back for ten minutes, and then one job is tried: pause the
 * queue's delivery in `onStop`, or by hand.
 *
 * The messages of a batch are carried out one after the other; `max_concurrency` is the queue's. Set
 * `max_retries` to 100, above `maxTries`, and a `dead_letter_queue`: what Cloudflare itself gives up has
 * no verdict, and is deleted where there is no such queue.
 *
 * @example
 * import type { UnbindProcessor } from '@llpay/core/bulk'
 * import { createUnbindHandler, type MessageBatchLike, type QueueLike } from '@llpay/edge/queues'
 * declare function processorFor(env: object): UnbindProcessor
 * const worker = {
 *   queue: (batch: MessageBatchLike, env: { readonly FAILED: QueueLike }) =>
 *     createUnbindHandler(processorFor(env), { failed: env.FAILED, maxTries: 50 })(batch),
 * }
 * console.log(worker)
 */
export function createUnbindHandler(
  processor: UnbindProcessor,
  { failed, ...options }: QueueOptions,
): (batch: MessageBatchLike) => Promise<void> {
  const deliver = createDelivery(processor, {
    ...options,
    async onVerdict(verdict, job) {
      await options.onVerdict?.(verdict, job)
      if (verdict.outcome !== 'refused' && verdict.outcome !== 'unknown') return
      await failed.send({ job, verdict } satisfies FailedJob)
    },
  })
  return async ({ messages }) => {
    for (const message of messages) {
      const ageMs = Date.now() - message.timestamp.getTime()
      const ending = await deliver(message.body, { tries: message.attempts, ageMs })
      if (ending.end !== 'later') message.ack()
      else {
        const delaySeconds = Math.min(Math.ceil(ending.delayMs / 1000), MAX_DELAY_SECONDS)
        message.retry({ delaySeconds })
      }
    }
  }
}

/**
 * Makes what `queue.sendBatch` takes of a job. Cloudflare Queues leaves out no duplicates: a job that is
 * sent twice is delivered twice, which is safe.
 *
 * @example
 * import { toMessage } from '@llpay/edge/queues'
 * console.log(toMessage({ user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }))
 */
export function toMessage(job: UnbindJob): {
  readonly body: UnbindJob
  readonly contentType: 'json'
} {
  return { body: job, contentType: 'json' }
}
