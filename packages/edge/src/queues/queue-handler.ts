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

/** The part of a queue's binding that sends messages. */
export interface QueueLike {
  send(body: unknown): Promise<unknown>
}

/** A message in the queue of failed jobs. */
export interface FailedJob {
  readonly job: unknown
  readonly verdict: JobOutcome
}

/** How a queue's jobs are processed. */
export interface QueueOptions extends DeliveryOptions {
  /** The binding of the queue for jobs that are `refused` or `unknown`: each a `FailedJob`. */
  readonly failed: QueueLike
}

/**
 * Turns a processor into a Worker's handler for batches of Cloudflare Queues. Cloudflare keeps no
 * results: store them in `onVerdict`. `unbound` and `not-bound` acknowledge the message; `refused` and
 * `unknown` first send it, with its outcome, to the queue of failed jobs. `retry` redelivers the message
 * after the delay. A message is acknowledged last: if a hook, the queue of failed jobs or the marks
 * throw, it is delivered again. After an outcome with `stop`, the rest of the batch and later batches are
 * returned to the queue for ten minutes; then one job is tried. Pause the queue in `onStop`, or by hand.
 *
 * The messages of a batch are processed one after the other; `max_concurrency` belongs to the queue. Set
 * `max_retries` to 100, above `maxTries`, and a `dead_letter_queue`: a message that Cloudflare itself
 * gives up has no outcome, and is deleted if there is no such queue.
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
 * Makes a message for `queue.sendBatch` from a job. Cloudflare Queues does not deduplicate: a job that
 * is sent twice is delivered twice, which is safe.
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
