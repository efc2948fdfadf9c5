import type { Api } from '../api/define-api.ts'
import { CallbackError } from '../errors/callback-error.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import type { Delivered, LLPayError } from '../errors/ll-pay-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { RejectedError } from '../errors/rejected-error.ts'
import { SignatureError } from '../errors/signature-error.ts'
import { summarizeCause } from '../errors/summarize-cause.ts'
import { TransportError } from '../errors/transport-error.ts'
import { UnknownOutcomeError, type LastSeen } from '../errors/unknown-outcome-error.ts'
import { adviceInEnglish } from '../return-codes/advice.ts'
import { lookUpReturnCode, type ReturnCodeClass } from '../return-codes/classes.ts'

/** Tells what a return code says about a call of an endpoint. */
export function classify(api: Api, returnCode: string): ReturnCodeClass {
  if (api.success.includes(returnCode)) return 'success'
  if (api.notListed.includes(returnCode)) return 'not-listed'
  const entry = lookUpReturnCode(returnCode).class
  return entry === 'success' ? 'unknown' : entry
}

/** Makes the error for an agreement that is bound for another product than the call named. */
export function boundElsewhere(payType: string): RejectedError {
  return new RejectedError(
    'ERR_AGREEMENT_ELSEWHERE',
    'The agreement is bound for another product than the call named, so nothing was sent. Call again with the pay_type of this error.',
    { category: 'other-product', signature: 'verified', payType },
    { delivered: 'no' },
  )
}

/** Makes the error for an answer whose return code is not success. */
export function rejection(
  api: Api,
  answer: {
    readonly returnCode: string
    readonly returnMessage: string | undefined
    readonly signature: 'verified' | 'absent'
  },
): RejectedError {
  const { returnCode, returnMessage, signature } = answer
  const { category } = lookUpReturnCode(returnCode)
  const signed = signature === 'verified' ? 'signed' : 'unsigned'
  const advice = api.advice[returnCode] ?? adviceInEnglish(returnCode, category)
  return new RejectedError(
    'ERR_REJECTED',
    `LianLian answered ${api.id} with ${returnCode} (${category}, ${signed}). ${advice}`,
    {
      returnCode,
      category,
      signature,
      ...(returnMessage === undefined ? {} : { returnMessage }),
    },
  )
}

const LOOK_FIRST = 'Do not call again before you have looked: ask LianLian for the bound cards.'

function untrusted(
  error: SignatureError | ProtocolError,
  message: string,
  delivered: Delivered,
): LLPayError {
  const options = { cause: error.cause, delivered }
  return error instanceof SignatureError
    ? new SignatureError(error.code, message, options)
    : new ProtocolError(error.code, message, options)
}

/** An untrusted reply to a change: the change may have been carried out. */
function untrustedChange(api: Api, error: SignatureError | ProtocolError): LLPayError {
  const message = [error.message, api.doubt, api.recourse ?? LOOK_FIRST].join(' ')
  return untrusted(error, message, 'unknown')
}

/** What an error of a query means for the change that was not sent because of it. */
export function notSent(error: unknown): unknown {
  if (error instanceof SignatureError || error instanceof ProtocolError) {
    const message = `${error.message} It was the reply to a query of the list, and the change was not sent.`
    return untrusted(error, message, 'no')
  }
  if (error instanceof TransportError && error.delivered !== 'no') {
    const { code, message, cause, status, retryAfterMs } = error
    return new TransportError(
      code,
      `${message} It was a query of the list: the change was not sent.`,
      {
        delivered: 'no',
        cause,
        retryAfterMs,
        ...(status === undefined ? {} : { status }),
      },
    )
  }
  if (!(error instanceof RejectedError) || error.delivered === 'no') return error
  const { code, message, returnCode, returnMessage, category, signature } = error
  const facts = {
    category,
    signature,
    ...(returnCode === undefined ? {} : { returnCode }),
    ...(returnMessage === undefined ? {} : { returnMessage }),
  }
  return new RejectedError(code, `${message} The change was not sent.`, facts, {
    delivered: 'no',
  })
}

const CONTRADICTION =
  'LianLian signed a success, but its list of bound cards still has the agreement.'
const ELSEWHERE =
  'The agreement is listed for another product, the pay_type of this error; for the one that was named it is no longer listed.'

/** What is known when an outcome has to be called unknown. */
export interface Doubt {
  readonly attempts: number
  readonly lastSeen: LastSeen
  readonly cause: unknown
  /** A signed success that the list of bound cards contradicts. */
  readonly reply?: object | undefined
  /** The product that lists the agreement, where it is not the one named. */
  readonly payType?: string | undefined
}

/** Makes the error for a change of which nothing proves that it was or was not carried out. */
export function unknownOutcome(api: Api, doubt: Doubt): UnknownOutcomeError {
  const { cause, reply, payType } = doubt
  const parts = [
    `Whether ${api.id} was carried out is unknown.`,
    reply === undefined && cause instanceof Error ? cause.message : '',
    reply === undefined ? '' : CONTRADICTION,
    payType === undefined ? '' : ELSEWHERE,
    api.doubt,
    api.recourse ?? 'Ask LianLian for the bound cards before calling again.',
  ]
  return new UnknownOutcomeError(parts.filter(Boolean).join(' '), doubt)
}

/** Whether an error already says what became of the call. */
function isFinal(api: Api, error: unknown): boolean {
  if (isLLPayError(error) && error.delivered === 'no') return true
  if (error instanceof UnknownOutcomeError || error instanceof CallbackError) return true
  if (!(error instanceof RejectedError)) return false
  return error.code !== 'ERR_REJECTED' || classify(api, error.returnCode ?? '') !== 'unknown'
}

/**
 * Turns what went wrong in one step into what it means for the call. For an endpoint that changes
 * something, whatever may have been delivered and is neither proven, refused nor untrusted is an
 * unknown outcome; for one that only reads, the error itself is the answer.
 */
export function explainOutcome(
  api: Api,
  error: unknown,
  attempts: number,
  lastSeen: LastSeen = null,
): unknown {
  if (api.effect === 'read' || isFinal(api, error)) return error
  if (error instanceof SignatureError) return untrustedChange(api, error)
  if (error instanceof ProtocolError && error.code !== 'ERR_REPLY_NOT_JSON') {
    return untrustedChange(api, error)
  }
  return unknownOutcome(api, { attempts, lastSeen, cause: summarizeCause(error) })
}
