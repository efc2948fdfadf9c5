import { unbind } from '../apis/card/unbind.ts'
import type { Look } from '../client/before-sending.ts'
import type { Clock } from '../client/clock.ts'
import type { Caller } from '../client/create-caller.ts'
import { ParameterError } from '../errors/parameter-error.ts'
import { checkJob } from './check-job.ts'
import { createJobIds } from './create-job-ids.ts'
import { judgeError, judgeLook } from './judge-error.ts'
import type { SentMarks } from './sent-marks.ts'
import type { UnbindJob } from './unbind-job.ts'
import type { Verdict } from './verdict.ts'

/** What a processor needs beside its client. */
export interface ProcessorOptions {
  /** The merchant number of the client. */
  readonly oidPartner: string
  /** The key of the job ids: at least 16 random bytes of the caller's own. */
  readonly jobIdKey: Uint8Array
  /**
   * Where it is kept that something may have been sent for a job. With it another delivery of the job
   * can settle what stayed unclear. Without it that is `unknown` at once, and of a card that is not
   * listed nobody knows whether an earlier delivery unbound it.
   */
  readonly marks?: SentMarks | undefined
  /** The clock of the calls (default: the client's). */
  readonly clock?: Clock | undefined
}

/** What may be said of one job. */
export interface ProcessOptions {
  readonly signal?: AbortSignal | undefined
  /** The job's id, where the caller has made it already, with the same key: it is not made again. */
  readonly jobId?: string | undefined
}

/** Unbinds one card per job. */
export interface UnbindProcessor {
  /**
   * Carries a job out, and says what became of it. The same job may be given again at any time, also
   * while it is under way elsewhere.
   *
   * @throws what the marks throw.
   */
  process(job: unknown, options?: ProcessOptions): Promise<Verdict>
}

/** Ends a call before anything is sent: the list does not show the card. */
class NotListed extends Error {
  readonly look: Look

  constructor(look: Look) {
    super('not listed')
    this.look = look
  }
}

/** Ends a call before anything is sent: the mark could not be made durable. */
class NoMark extends Error {}

function paramsOf({ user_id, no_agree, pay_type, platform }: UnbindJob) {
  return {
    user_id,
    no_agree,
    ...(pay_type === undefined ? {} : { pay_type }),
    ...(platform === undefined ? {} : { platform }),
  }
}

async function carryOut(
  caller: Caller,
  job: UnbindJob,
  jobId: string,
  { marks, ...options }: Pick<ProcessorOptions, 'marks' | 'clock'> & ProcessOptions,
): Promise<Verdict> {
  const resume = marks !== undefined && (await marks.has(jobId))
  const beforeSending = async (look: Look) => {
    if (look.seen !== 'listed') throw new NotListed(look)
    await marks?.add(jobId).catch((cause: unknown) => {
      throw new NoMark('the mark is not durable', { cause })
    })
  }
  try {
    const { signal, clock } = options
    const { evidence } = await caller.call(unbind, paramsOf(job), {
      signal,
      clock,
      settle: 'always',
      beforeSending,
      resume,
    })
    return { outcome: 'unbound', evidence }
  } catch (error) {
    if (error instanceof NoMark) throw error.cause
    if (error instanceof NotListed) return judgeLook(error.look, marks !== undefined)
    return judgeError(error, marks !== undefined)
  }
}

/**
 * Makes what unbinds many cards, one job at a time, for a runner or a queue. Nothing is sent for a card
 * that LianLian's list of bound cards does not show; a job that was sent before is settled by the list
 * and never resent blindly.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for a key of job ids that is too short.
 * @example
 * import { createUnbindProcessor } from '@llpay/core/bulk'
 * import { createClient } from '@llpay/node'
 * declare const config: Parameters<typeof createClient>[0]
 * declare const jobIdKey: Uint8Array // 32 random bytes of your own
 * const { oidPartner } = config
 * const processor = createUnbindProcessor(createClient(config), { oidPartner, jobIdKey })
 * const verdict = await processor.process({ user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' })
 * console.log(verdict.outcome)
 */
export function createUnbindProcessor(
  caller: Caller,
  { oidPartner, jobIdKey, marks, clock }: ProcessorOptions,
): UnbindProcessor {
  const idOf = createJobIds(jobIdKey, oidPartner)
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
      const verdict = await carryOut(caller, job, jobId, { marks, clock, signal })
      return { ...verdict, jobId, ...(job.ref === undefined ? {} : { ref: job.ref }) }
    },
  }
}
