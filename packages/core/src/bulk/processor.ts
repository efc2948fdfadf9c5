import { unbind } from '../apis/card/unbind.ts'
import type { BeforeSendingFacts } from '../client/call-options.ts'
import type { Clock } from '../client/clock.ts'
import { checkClock, checkPayTypes } from '../client/config.ts'
import type { Caller } from '../client/create-caller.ts'
import { ensureUnbound, type EnsureUnboundOptions } from '../client/ensure-unbound.ts'
import { CallbackError } from '../errors/callback-error.ts'
import { ConfigError } from '../errors/config-error.ts'
import { ParameterError } from '../errors/parameter-error.ts'
import { CustomerLists } from './customer-lists.ts'
import { checkJob, createJobIds, type UnbindJob } from './job.ts'
import {
  keepDenial,
  keepOutcome,
  recallOutcome,
  type FinalOutcome,
  type SentMarks,
} from './marks.ts'
import { outcomeOfError, outcomeUnsent, retrySoon, type JobOutcome } from './outcome.ts'

/** What a processor needs apart from its client. */
export interface ProcessorOptions {
  /** The merchant number of the client. */
  readonly oidPartner: string
  /** The key of the job ids: at least 16 random bytes that you keep as long as the jobs. */
  readonly jobIdKey: Uint8Array
  /**
   * A durable record of the jobs for which something may have been sent. With it, another delivery of a
   * job can settle an unclear outcome. Without it, such an outcome is `unknown` at once, and for a card
   * that is not listed, nobody knows whether an earlier delivery unbound it.
   */
  readonly marks?: SentMarks | undefined
  /** The products under which a card may be bound (default: the client's `payTypes`). */
  readonly payTypes?: readonly string[] | undefined
  /**
   * Whether a job without `pay_type` unbinds its card for whichever products it is bound for, as
   * `ensureUnbound` does (default: false, for the product `2` that LianLian assumes).
   */
  readonly ensure?: boolean | undefined
  /** The clock of the calls (default: the client's). */
  readonly clock?: Clock | undefined
}

/** The options of a single job. */
export interface JobOptions {
  readonly signal?: AbortSignal | undefined
  /** The job's id, if you computed it already with the same key. */
  readonly jobId?: string | undefined
}

/** @deprecated The name until 1.0 of `JobOptions`. */
export type ProcessOptions = JobOptions

/** Unbinds one card per job. */
export interface UnbindProcessor {
  /**
   * Processes a job and returns its outcome. The same job may be processed again at any time, also while
   * it is in flight elsewhere.
   *
   * @throws what the marks throw.
   */
  process(job: unknown, options?: JobOptions): Promise<JobOutcome>
  /**
   * Stores the outcome of a job that its queue gave up, before it is reported.
   *
   * @returns the outcome to report: the one that was kept first.
   * @throws what the marks throw.
   */
  keep?(outcome: FinalOutcome): Promise<FinalOutcome>
}

/** Whether an outcome is wrong if a request of another delivery unbinds the card. */
const isDenial = ({ outcome }: JobOutcome) => outcome === 'not-bound' || outcome === 'refused'

/** Ends a call before anything is sent: the list does not show the card. */
class NotListed extends Error {
  readonly look: BeforeSendingFacts

  constructor(look: BeforeSendingFacts) {
    super('not listed')
    this.look = look
  }
}

/** Ends a call before anything is sent: the marks could not be read, or not be made durable. */
class NoMark extends Error {}

/** Ends a call before it sends: meanwhile another delivery may have sent the job. */
class SentMeanwhile extends Error {}

/** Ends a call before anything is sent: another worker has brought the job to its outcome. */
class DecidedMeanwhile extends Error {}

const noMark = (cause: unknown): never => {
  throw new NoMark('the marks cannot be used', { cause })
}

function paramsOf({ user_id, no_agree, pay_type, platform }: UnbindJob) {
  return {
    user_id,
    no_agree,
    ...(pay_type === undefined ? {} : { pay_type }),
    ...(platform === undefined ? {} : { platform }),
  }
}

type AttemptOptions = Pick<ProcessorOptions, 'marks' | 'payTypes' | 'ensure' | 'clock'> &
  Pick<JobOptions, 'signal'> & { readonly lists: CustomerLists }

/** What the end of a call means for its job. */
function judge(error: unknown, hasMarks: boolean): JobOutcome | SentMeanwhile {
  const cause = error instanceof CallbackError ? error.cause : undefined
  if (cause instanceof NoMark) throw cause.cause
  if (cause instanceof SentMeanwhile) return cause
  if (cause instanceof DecidedMeanwhile) return retrySoon('ERR_DECIDED_MEANWHILE')
  if (cause instanceof NotListed) return outcomeUnsent(cause.look, hasMarks)
  return outcomeOfError(error, hasMarks)
}

/**
 * Calls for the product that a job names, or that is assumed. A job that may have been sent before needs
 * a list of its own.
 */
async function unbindOne(
  caller: Caller,
  job: UnbindJob,
  options: EnsureUnboundOptions,
  lists: CustomerLists,
): Promise<JobOutcome> {
  if (options.resume === true) lists.begin(job)
  const api = options.resume === true ? unbind : lists.unbind
  const { evidence } = await caller.call(api, paramsOf(job), { ...options, settle: 'always' })
  return { outcome: 'unbound', evidence }
}

/** Calls for all products. */
async function unbindAll(
  caller: Caller,
  job: UnbindJob,
  options: EnsureUnboundOptions,
  lists: CustomerLists,
  neverSent: boolean,
): Promise<JobOutcome> {
  lists.begin(job)
  const result = await ensureUnbound(caller, paramsOf(job), options)
  const { outcome, evidence } = result
  if (outcome === 'unbound') return { outcome, evidence }
  const { queried, undecided } = result
  return { outcome, evidence: result.evidence, queried, undecided, neverSent }
}

/**
 * Makes one call for a job, and keeps its outcome.
 *
 * @param resume whether another delivery may have sent the job: then no refusal is final.
 */
async function attempt(
  caller: Caller,
  job: UnbindJob,
  jobId: string,
  { marks, ensure, lists, ...options }: AttemptOptions,
  resume: boolean,
): Promise<JobOutcome> {
  const settleAsSent = () => attempt(caller, job, jobId, { marks, ensure, lists, ...options }, true)
  const isEnsured = ensure === true && job.pay_type === undefined
  let sends = 0
  const beforeSending = async (look: BeforeSendingFacts) => {
    // A second product cannot be retried here: the outcome would be the first product's.
    const isLater = isEnsured && sends > 0
    if (look.seen !== 'listed' && !isLater) throw new NotListed(look)
    const counted = await marks?.add(jobId).catch(noMark)
    if (counted === false) throw new DecidedMeanwhile()
    sends += 1
    if (!resume && (counted ?? 0) > sends) throw new SentMeanwhile()
  }
  const call = isEnsured ? unbindAll : unbindOne
  const verdict = await call(
    caller,
    job,
    { ...options, beforeSending, resume },
    lists,
    marks !== undefined,
  ).catch((error: unknown) => judge(error, marks !== undefined))
  if (verdict instanceof SentMeanwhile) return settleAsSent()
  if (verdict.outcome === 'retry') return verdict
  // What was refused as unknown to LianLian, another delivery may have unbound.
  if (verdict.outcome === 'not-bound' && sends > 0 && marks !== undefined) return settleAsSent()
  if (!isDenial(verdict)) return keepOutcome(marks, jobId, verdict)
  const kept = await keepDenial(marks, jobId, verdict, sends)
  if (kept !== undefined) return kept
  return resume || sends > 0 ? retrySoon('ERR_OUTCOME_UNKNOWN', verdict) : settleAsSent()
}

/** Runs tasks of one name one after the other. */
class Turns {
  readonly #last = new Map<string, Promise<unknown>>()

  async take<T>(name: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name)
    const mine = before === undefined ? task() : before.then(task, task)
    this.#last.set(name, mine)
    try {
      return await mine
    } finally {
      if (this.#last.get(name) === mine) this.#last.delete(name)
    }
  }
}

/**
 * Makes what unbinds many cards, one job at a time, for a runner or a queue. Nothing is sent for a card
 * that LianLian's list of bound cards does not show; a job that was sent before is settled by the list
 * and never resent blindly.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for a key of job ids that is too short, or a wrong option.
 * @example
 * import { createUnbindProcessor } from '@llpay/core/bulk'
 * import { createClient } from '@llpay/node'
 * declare const config: Parameters<typeof createClient>[0]
 * declare const jobIdKey: Uint8Array // 32 random bytes of your own
 * const { oidPartner } = config
 * const processor = createUnbindProcessor(createClient(config), { oidPartner, jobIdKey })
 * const outcome = await processor.process({ user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' })
 * console.log(outcome.outcome)
 */
export function createUnbindProcessor(
  caller: Caller,
  { oidPartner, jobIdKey, ...options }: ProcessorOptions,
): UnbindProcessor {
  const idOf = createJobIds(jobIdKey, oidPartner)
  checkPayTypes(options.payTypes)
  checkClock(options.clock)
  const { marks, payTypes, ensure, clock } = options
  if (ensure !== undefined && typeof ensure !== 'boolean') {
    throw new ConfigError('ERR_CONFIG_INVALID', {
      reason: 'job.ensure',
      message: 'ensure must be true or false.',
    })
  }
  const turns = new Turns()
  const lists = new CustomerLists()
  return {
    async process(given, { signal, jobId: known } = {}) {
      let job: UnbindJob
      try {
        job = checkJob(given)
      } catch (error) {
        if (!(error instanceof ParameterError)) throw error
        return { outcome: 'refused', code: error.code }
      }
      const jobId = known ?? (await idOf(job))
      const facts = { jobId, ...(job.ref === undefined ? {} : { ref: job.ref }) }
      // A queue may deliver a job twice to one worker: one request of a card is in flight at a time.
      return turns.take(JSON.stringify([job.user_id, job.no_agree]), async () => {
        const kept = await recallOutcome(marks, jobId)
        if (kept !== undefined) return { ...kept, ...facts }
        const wasSent = (await marks?.has(jobId)) === true
        const parts = { marks, payTypes, ensure, clock, signal, lists }
        const verdict = await attempt(caller, job, jobId, parts, wasSent).finally(() =>
          lists.end(job),
        )
        if (verdict.outcome === 'retry') {
          return { ...((await recallOutcome(marks, jobId)) ?? verdict), ...facts }
        }
        return { ...verdict, ...facts }
      })
    },
    async keep(outcome) {
      const { jobId, ref } = outcome
      if (jobId === undefined) return outcome
      const kept = await keepOutcome(marks, jobId, outcome)
      return { ...kept, jobId, ...(ref === undefined ? {} : { ref }) }
    },
  }
}
