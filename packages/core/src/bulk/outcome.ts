import { unbind } from '../apis/card/unbind.ts'
import type { BeforeSendingFacts } from '../client/call-options.ts'
import type { Evidence } from '../client/reply.ts'
import { lacksProduct } from '../client/settle/list-status.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import { RejectedError } from '../errors/rejected-error.ts'
import { TransportError } from '../errors/transport-error.ts'
import { UnknownOutcomeError } from '../errors/unknown-outcome-error.ts'

interface JobFacts {
  /** See `createJobIds`; missing if there was no valid job. */
  readonly jobId?: string
  /** Your own reference, as in the job. */
  readonly ref?: string
}

/** This job, in this or an earlier delivery, unbound the card. */
export interface Unbound extends JobFacts {
  readonly outcome: 'unbound'
  /** What proves it. */
  readonly evidence: Evidence
}

/** The card is not bound for any product that could be queried, and nothing was sent. */
export interface NotBound extends JobFacts {
  readonly outcome: 'not-bound'
  /** What proves it: the weakest of the lists that were queried. */
  readonly evidence: Exclude<Evidence, 'signed-reply'>
  /** The products (`pay_type`) whose lists said that the agreement is absent. */
  readonly queried: readonly string[]
  /** The products that the merchant, or the list, does not have: no list says anything about them. */
  readonly undecided: readonly string[]
  /**
   * Whether the marks show that nothing was ever sent for this job. Without marks, an earlier delivery
   * may have unbound the card.
   */
  readonly neverSent: boolean
}

/** LianLian refused it, or the job is invalid: it will not be executed as it is. */
export interface Refused extends JobFacts {
  readonly outcome: 'refused'
  readonly code: string
  readonly returnCode?: string
  readonly category?: string
  /** The product under which the card is bound, if that is why. */
  readonly payType?: string
}

/** Nothing is decided: retry after `delayMs` milliseconds, five minutes at most. */
export interface Retry extends JobFacts {
  readonly outcome: 'retry'
  readonly delayMs: number
  readonly code: string
  readonly returnCode?: string
  /** Whether every other job would end the same way (keys, rights, address): stop, and fix that first. */
  readonly stop: boolean
}

/** Nothing proves what became of the card: query the list first. */
export interface Unknown extends JobFacts {
  readonly outcome: 'unknown'
  readonly code: string
  /** Whether a reply is forged or a key is wrong: no other job can be trusted either. */
  readonly stop: boolean
  /** The number of tries after which a queue gave it up. */
  readonly tries?: number
}

/** What became of a job. */
export type JobOutcome = Unbound | NotBound | Refused | Retry | Unknown

/** @deprecated The name until 1.0 of `JobOutcome`. */
export type Verdict = JobOutcome

const SOON_MS = 5_000
const LATER_MS = 30_000

/** Refusals that are not about the card: every job would get them. */
const MERCHANT_CATEGORIES = ['signature', 'auth-or-config']

/** Errors that every job would end with. */
const CLIENT_ERRORS = ['ConfigError', 'KeyError', 'SigningError']

const NOT_LISTED: readonly string[] = unbind.notListed

const UNTRUSTED = ['SignatureError', 'ProtocolError']

/** A refusal for lack of a product says nothing about jobs of other products. */
const isOfTheMerchant = (error: unknown) =>
  error instanceof RejectedError &&
  !lacksProduct(error, false) &&
  MERCHANT_CATEGORIES.includes(error.category)

function retryAfter(error: unknown, defaultMs: number): Retry {
  const code = isLLPayError(error) ? error.code : 'ERR_LIST_INCONCLUSIVE'
  const asked = error instanceof TransportError ? error.retryAfterMs : undefined
  const returnCode = error instanceof RejectedError ? error.returnCode : undefined
  return {
    outcome: 'retry',
    code,
    delayMs: asked ?? defaultMs,
    stop: isOfTheMerchant(error) || (isLLPayError(error) && CLIENT_ERRORS.includes(error.name)),
    ...(returnCode === undefined ? {} : { returnCode }),
  }
}

function refused({ code, returnCode, category, payType }: RejectedError): Refused {
  return {
    outcome: 'refused',
    code,
    category,
    ...(returnCode === undefined ? {} : { returnCode }),
    ...(payType === undefined ? {} : { payType }),
  }
}

/** A retry after some seconds, because another worker was faster. */
export function retrySoon(code: string, refusal?: JobOutcome): Retry {
  const facts =
    refusal?.outcome === 'refused' && refusal.returnCode !== undefined
      ? { returnCode: refusal.returnCode }
      : {}
  return { outcome: 'retry', code, delayMs: SOON_MS, stop: false, ...facts }
}

/** "No such agreement" after the list has just shown it is not a refusal: another call was faster. */
function judgeRejection(error: RejectedError): Refused | Retry {
  if (error.delivered !== 'no' && NOT_LISTED.includes(error.returnCode ?? '')) {
    return retryAfter(error, SOON_MS)
  }
  if (isOfTheMerchant(error)) return retryAfter(error, LATER_MS)
  // A refused list says nothing about the card, unless there is no such product.
  const isOfTheList = error.delivered === 'no' && error.code === 'ERR_REJECTED'
  return isOfTheList && !lacksProduct(error, false) ? retryAfter(error, SOON_MS) : refused(error)
}

/**
 * The outcome of a job for which nothing was sent, because the list did not show the card.
 *
 * @param neverSent whether a mark would say so if something had been sent before.
 */
export function outcomeUnsent(facts: BeforeSendingFacts, neverSent: boolean): NotBound | Retry {
  const { seen, evidence, isNowhere, queried, undecided, cause } = facts
  if (seen === 'not-listed' && isNowhere === true && evidence && queried && undecided) {
    return { outcome: 'not-bound', evidence, queried, undecided, neverSent }
  }
  return retryAfter(cause, SOON_MS)
}

/**
 * An outcome that a single call leaves unknown is never reported as refused: with a mark, another try
 * begins with the list, and may settle what this one could not.
 */
function judgeUnknown(error: UnknownOutcomeError, hasMark: boolean): Retry | Unknown {
  const { code, cause, delivered } = error
  if (delivered === 'no') return retryAfter(undefined, SOON_MS)
  if (!hasMark) return { outcome: 'unknown', code, stop: false }
  if (isOfTheMerchant(cause)) return retryAfter(cause, LATER_MS)
  return { outcome: 'retry', code, delayMs: LATER_MS, stop: false }
}

/**
 * The outcome of a job whose call failed.
 *
 * @param hasMark whether a durable mark says that something may have been sent.
 */
export function outcomeOfError(error: unknown, hasMark: boolean): JobOutcome {
  if (!isLLPayError(error)) throw error
  const { name, code } = error
  if (UNTRUSTED.includes(name)) return { outcome: 'unknown', code, stop: true }
  if (error instanceof RejectedError) return judgeRejection(error)
  if (name === 'ParameterError') return { outcome: 'refused', code }
  if (error instanceof UnknownOutcomeError) return judgeUnknown(error, hasMark)
  return retryAfter(error, SOON_MS)
}
