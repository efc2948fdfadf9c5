import { systemClock, type Clock } from '../client/clock.ts'
import type { FinalOutcome } from './marks.ts'
import type { NotBound, Refused, Retry, Unbound, Unknown, JobOutcome } from './outcome.ts'
import type { UnbindProcessor } from './processor.ts'

const MAX_TRIES = 100
const AFTER_A_MISHAP_MS = 30_000
const WHILE_STOPPED_MS = 600_000
/** No `retry` waits longer, whatever a gateway asks for. */
const MOST_MS = 300_000

/** How the deliveries of a queue are handled. */
export interface DeliveryOptions {
  /** How many deliveries a job has before it is given up (default: 100). */
  readonly maxTries?: number
  /** How old a job may become before it is given up, in milliseconds (default: no limit). */
  readonly maxAgeMs?: number
  /**
   * Called with every outcome, and awaited before the queue is updated: at least once for each job, and
   * again if the process dies in between. With a store that keeps outcomes, a job's final outcome is the
   * same each time.
   */
  readonly onVerdict?: (verdict: JobOutcome, job: unknown) => unknown
  /**
   * Stops the worker by the queue's own means: every other job would end the same way. Jobs that still
   * arrive are returned to the queue; after ten minutes one of them is tried again.
   */
  readonly onStop?: (verdict: JobOutcome) => unknown
  /** Called with what the marks or the hooks above threw. The job is delivered again. */
  readonly onError?: (error: unknown) => unknown
  /** The clock of the ten minutes (default: the runtime's). For tests. */
  readonly clock?: Clock
}

/** What a queue knows about one delivery of a job. */
export interface Delivery {
  /** 1-based number of this delivery. It only decides when to give up. */
  readonly tries: number
  /** How long ago the job was added, in milliseconds. */
  readonly ageMs: number
  readonly signal?: AbortSignal | undefined
}

/** What a queue should do with a job. */
export type DeliveryEnd =
  | { readonly end: 'done'; readonly verdict: Unbound | NotBound }
  | { readonly end: 'failed'; readonly verdict: Refused | Unknown }
  | { readonly end: 'later'; readonly verdict?: Retry; readonly delayMs: number }

/** @deprecated The name until 1.0 of `DeliveryEnd`. */
export type Ending = DeliveryEnd

const later = (verdict: Retry): DeliveryEnd => {
  const { delayMs } = verdict
  // NaN or a negative delay would redeliver the job at once, forever.
  return { end: 'later', verdict, delayMs: delayMs > 0 ? Math.min(delayMs, MOST_MS) : 0 }
}

const finalEnding = (verdict: FinalOutcome): DeliveryEnd =>
  verdict.outcome === 'unbound' || verdict.outcome === 'not-bound'
    ? { end: 'done', verdict }
    : { end: 'failed', verdict }

/** A job that was tried often enough, or for long enough. */
function givenUp(verdict: Retry, { tries }: Delivery): Unknown {
  const { code, jobId, ref } = verdict
  const facts = { ...(jobId === undefined ? {} : { jobId }), ...(ref === undefined ? {} : { ref }) }
  return { outcome: 'unknown', code, stop: false, tries, ...facts }
}

async function endOf(
  verdict: JobOutcome,
  delivery: Delivery,
  processor: UnbindProcessor,
  { maxTries = MAX_TRIES, maxAgeMs = Infinity }: DeliveryOptions,
): Promise<DeliveryEnd> {
  if (verdict.outcome !== 'retry') return finalEnding(verdict)
  // A wrong key is not the job's fault, however often it is delivered.
  const isPatient = delivery.tries < maxTries && delivery.ageMs < maxAgeMs
  if (verdict.stop || isPatient) return later(verdict)
  const outcome = givenUp(verdict, delivery)
  return finalEnding((await processor.keep?.(outcome)) ?? outcome)
}

/** Whether LianLian replied, and could be believed. */
const isProof = ({ outcome, ...facts }: JobOutcome) =>
  outcome === 'unbound' ||
  outcome === 'not-bound' ||
  (outcome === 'refused' && 'returnCode' in facts)

/** Lets nothing through after an outcome that stops, but one job every ten minutes. */
class Gate {
  readonly #clock: Clock
  #shutUntil = -Infinity
  #isShut = false
  #probing: object | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** A pass to carry a job out with; `undefined` while it must not be. */
  enter(): object | undefined {
    if (!this.#isShut) return {}
    if (this.#clock.now() < this.#shutUntil) return undefined
    // What is tried may never end: its invocation may be killed.
    this.shut()
    this.#probing = {}
    return this.#probing
  }

  shut(): void {
    this.#isShut = true
    this.#shutUntil = this.#clock.now() + WHILE_STOPPED_MS
  }

  /** Whether the job of a pass got an outcome. */
  leave(pass: object, verdict?: JobOutcome): void {
    if (pass !== this.#probing) return
    this.#probing = undefined
    if (verdict !== undefined && 'stop' in verdict && verdict.stop) return
    this.#shutUntil = -Infinity
    if (verdict !== undefined && isProof(verdict)) this.#isShut = false
  }
}

/**
 * Makes what an adapter of a queue calls for each delivery of a job: the job is carried out, and the
 * outcome becomes what the queue is to do. After an outcome that stops, no other card is touched for ten
 * minutes: the jobs that still come are to be delivered later. Then one job is tried, and with it the
 * work goes on, or stops again. The function that is made never rejects.
 *
 * @example
 * import { createDelivery, type UnbindProcessor } from '@llpay/core/bulk'
 * declare const processor: UnbindProcessor
 * const deliver = createDelivery(processor, { maxTries: 20 })
 * const { end } = await deliver({ user_id: '1234567', no_agree: '2014031710002121' }, { tries: 1, ageMs: 0 })
 * console.log(end)
 */
export function createDelivery(
  processor: UnbindProcessor,
  options: DeliveryOptions = {},
): (job: unknown, delivery: Delivery) => Promise<DeliveryEnd> {
  const gate = new Gate(options.clock ?? systemClock)
  const carryOut = async (job: unknown, delivery: Delivery, pass: object): Promise<DeliveryEnd> => {
    const verdict = await processor.process(job, { signal: delivery.signal })
    const stops = 'stop' in verdict && verdict.stop
    if (stops) gate.shut()
    gate.leave(pass, verdict)
    try {
      const ending = await endOf(verdict, delivery, processor, options)
      await options.onVerdict?.(ending.verdict ?? verdict, job)
      return ending
    } finally {
      if (stops) await options.onStop?.(verdict)
    }
  }
  const report = async (error: unknown) => {
    try {
      await options.onError?.(error)
    } catch {
      // Nobody is left to hear of it; the job comes again all the same.
    }
  }
  return async (job, delivery) => {
    const pass = gate.enter()
    if (pass === undefined) return { end: 'later', delayMs: WHILE_STOPPED_MS }
    try {
      return await carryOut(job, delivery, pass)
    } catch (error) {
      gate.leave(pass)
      await report(error)
      // However often it came: what has no outcome on record is not given up.
      const code = 'ERR_DELIVERY_FAILED'
      return later({ outcome: 'retry', code, delayMs: AFTER_A_MISHAP_MS, stop: false })
    }
  }
}
