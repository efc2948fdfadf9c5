import { unbind } from '../apis/card/unbind.ts'
import type { Look } from '../client/before-sending.ts'
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

function retryAfter(error: unknown, usualMs: number): Retry {
  const code = isLLPayError(error) ? error.code : 'ERR_LIST_INCONCLUSIVE'
  const asked = error instanceof TransportError ? error.retryAfterMs : undefined
  const isRejected = error instanceof RejectedError
  return {
    outcome: 'retry',
    code,
    delayMs: asked ?? usualMs,
    stop: isRejected
      ? OF_THE_MERCHANT.includes(error.category)
      : isLLPayError(error) && OF_THE_CLIENT.includes(error.name),
    ...(isRejected && error.returnCode !== undefined ? { returnCode: error.returnCode } : {}),
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

/** "No such agreement", of one that the list has just shown, is no refusal: something else was faster. */
function judgeRejection(error: RejectedError, hasMark: boolean): Refused | Retry {
  const isContradiction = NOT_LISTED.includes(error.returnCode ?? '')
  if (hasMark && isContradiction) return retryAfter(error, SOON_MS)
  return OF_THE_MERCHANT.includes(error.category) ? retryAfter(error, LATER_MS) : refused(error)
}

/**
 * What it means that nothing was sent because the list did not show the card.
 *
 * @param neverSent whether a mark would say so if something had been sent before.
 */
export function judgeLook(
  { seen, evidence, isNowhere, cause }: Look,
  neverSent: boolean,
): NotBound | Retry {
  if (seen === 'not-listed' && evidence !== undefined && isNowhere === true) {
    return { outcome: 'not-bound', evidence, neverSent }
  }
  return retryAfter(cause, SOON_MS)
}

/**
 * What an error of the call means for its job.
 *
 * @param hasMark whether the mark is durable: then another try begins with the list, and may settle
 *   what this one could not.
 */
export function judgeError(error: unknown, hasMark: boolean): Verdict {
  if (!isLLPayError(error)) throw error
  const { name, code } = error
  if (UNTRUSTED.includes(name)) return { outcome: 'unknown', code, stop: true }
  if (error instanceof RejectedError) return judgeRejection(error, hasMark)
  if (name === 'ParameterError') return { outcome: 'refused', code }
  if (!(error instanceof UnknownOutcomeError)) return retryAfter(error, SOON_MS)
  const { lastSeen, cause } = error
  if (lastSeen === 'listed' && cause instanceof RejectedError) return judgeRejection(cause, hasMark)
  if (hasMark) return { ...retryAfter(error, LATER_MS), stop: false }
  return { outcome: 'unknown', code, stop: false } satisfies Unknown
}
