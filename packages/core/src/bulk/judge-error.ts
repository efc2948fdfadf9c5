import { unbind } from '../apis/card/unbind.ts'
import type { Look } from '../client/before-sending.ts'
import { lacksProduct } from '../client/settle/lacks-product.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import { RejectedError } from '../errors/rejected-error.ts'
import { TransportError } from '../errors/transport-error.ts'
import { UnknownOutcomeError } from '../errors/unknown-outcome-error.ts'
import type { NotBound, Refused, Retry, Unknown, Verdict } from './verdict.ts'

const SOON_MS = 5_000
const LATER_MS = 30_000

/** Refusals that are not about the card: every job would get them. */
const OF_THE_MERCHANT = ['signature', 'auth-or-config']

/** Errors that every job would end with. */
const OF_THE_CLIENT = ['ConfigError', 'KeyError', 'SigningError']

const NOT_LISTED: readonly string[] = unbind.notListed

const UNTRUSTED = ['SignatureError', 'ProtocolError']

/** A refusal that lacks a product says nothing of the jobs of other products. */
const isOfTheMerchant = (error: unknown) =>
  error instanceof RejectedError &&
  !lacksProduct(error, false) &&
  OF_THE_MERCHANT.includes(error.category)

function retryAfter(error: unknown, usualMs: number): Retry {
  const code = isLLPayError(error) ? error.code : 'ERR_LIST_INCONCLUSIVE'
  const asked = error instanceof TransportError ? error.retryAfterMs : undefined
  const returnCode = error instanceof RejectedError ? error.returnCode : undefined
  return {
    outcome: 'retry',
    code,
    delayMs: asked ?? usualMs,
    stop: isOfTheMerchant(error) || (isLLPayError(error) && OF_THE_CLIENT.includes(error.name)),
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

/** Another try after some seconds, where another worker was faster. */
export function retrySoon(code: string, refusal?: Verdict): Retry {
  const facts =
    refusal?.outcome === 'refused' && refusal.returnCode !== undefined
      ? { returnCode: refusal.returnCode }
      : {}
  return { outcome: 'retry', code, delayMs: SOON_MS, stop: false, ...facts }
}

/** "No such agreement", of one that the list has just shown, is no refusal: something else was faster. */
function judgeRejection(error: RejectedError): Refused | Retry {
  if (error.delivered !== 'no' && NOT_LISTED.includes(error.returnCode ?? '')) {
    return retryAfter(error, SOON_MS)
  }
  if (isOfTheMerchant(error)) return retryAfter(error, LATER_MS)
  // A list that was refused says nothing of the card, unless it is that there is no such product.
  const isOfTheList = error.delivered === 'no' && error.code === 'ERR_REJECTED'
  return isOfTheList && !lacksProduct(error, false) ? retryAfter(error, SOON_MS) : refused(error)
}

/**
 * What it means that nothing was sent because the list did not show the card.
 *
 * @param neverSent whether a mark would say so if something had been sent before.
 */
export function judgeLook(look: Look, neverSent: boolean): NotBound | Retry {
  const { seen, evidence, isNowhere, queried, undecided, cause } = look
  if (seen === 'not-listed' && isNowhere === true && evidence && queried && undecided) {
    return { outcome: 'not-bound', evidence, queried, undecided, neverSent }
  }
  return retryAfter(cause, SOON_MS)
}

/**
 * An outcome that a single call leaves unknown is never called refused: with a mark, another try begins
 * with the list, and may settle what this one could not.
 */
function judgeUnknown(error: UnknownOutcomeError, hasMark: boolean): Retry | Unknown {
  const { code, cause, delivered } = error
  if (delivered === 'no') return retryAfter(undefined, SOON_MS)
  if (!hasMark) return { outcome: 'unknown', code, stop: false }
  if (isOfTheMerchant(cause)) return retryAfter(cause, LATER_MS)
  return { outcome: 'retry', code, delayMs: LATER_MS, stop: false }
}

/**
 * What an error of the call means for its job.
 *
 * @param hasMark whether a durable mark says that something may have been sent.
 */
export function judgeError(error: unknown, hasMark: boolean): Verdict {
  if (!isLLPayError(error)) throw error
  const { name, code } = error
  if (UNTRUSTED.includes(name)) return { outcome: 'unknown', code, stop: true }
  if (error instanceof RejectedError) return judgeRejection(error)
  if (name === 'ParameterError') return { outcome: 'refused', code }
  if (error instanceof UnknownOutcomeError) return judgeUnknown(error, hasMark)
  return retryAfter(error, SOON_MS)
}
