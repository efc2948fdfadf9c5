import type { Api } from '../api/define-api.ts'
import { CallbackError } from '../errors/callback-error.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import type { Delivered, ErrorText, LLPayError } from '../errors/ll-pay-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { RejectedError } from '../errors/rejected-error.ts'
import { SignatureError } from '../errors/signature-error.ts'
import { summarizeCause } from '../errors/summarize-cause.ts'
import { TransportError } from '../errors/transport-error.ts'
import { UnknownOutcomeError, type LastSeen } from '../errors/unknown-outcome-error.ts'
import { adviceInEnglish } from '../return-codes/advice.ts'
import { lookUpReturnCode, type ReturnCodeClass } from '../return-codes/classes.ts'

/** What a return code says about a call of an endpoint. */
export function classify(api: Api, returnCode: string): ReturnCodeClass {
  if (api.success.includes(returnCode)) return 'success'
  if (api.notListed.includes(returnCode)) return 'not-listed'
  const entry = lookUpReturnCode(returnCode).class
  return entry === 'success' ? 'unknown' : entry
}

/** The error for an agreement that is bound for another product than the call named. */
export function boundElsewhere(payType: string): RejectedError {
  return new RejectedError(
    'ERR_AGREEMENT_ELSEWHERE',
    {
      reason: 'rejected.other-product',
      message: `The agreement is bound for another product (pay_type ${payType}), not the one that the call named. Nothing was sent.`,
      hint: 'Call again with that pay_type, or use ensureUnbound.',
      params: { payType },
    },
    { category: 'other-product', signature: 'verified', payType },
    { delivered: 'no' },
  )
}

/** The error for a reply whose return code is not success. */
export function rejection(
  api: Api,
  reply: {
    readonly returnCode: string
    readonly returnMessage: string | undefined
    readonly signature: 'verified' | 'absent'
  },
): RejectedError {
  const { returnCode, returnMessage, signature } = reply
  const { category } = lookUpReturnCode(returnCode)
  const signed = signature === 'verified' ? 'signed' : 'unsigned'
  const advice = api.advice[returnCode] ?? adviceInEnglish(returnCode, category)
  return new RejectedError(
    'ERR_REJECTED',
    {
      reason: 'rejected.by-code',
      message: `LianLian replied to ${api.id} with ${returnCode} (${category}, ${signed}).`,
      hint: advice,
      params: { api: api.id, returnCode, category, signature },
    },
    {
      returnCode,
      category,
      signature,
      ...(returnMessage === undefined ? {} : { returnMessage }),
    },
  )
}

const QUERY_FIRST = "Query LianLian's list of bound cards before calling again."

/** The text of an error, to add to it. */
const textOf = ({ reason, message, hint, params, zh }: LLPayError): ErrorText => ({
  reason,
  message,
  hint,
  params,
  zh,
})

function untrusted(
  error: SignatureError | ProtocolError,
  text: ErrorText,
  delivered: Delivered,
): LLPayError {
  const options = { cause: error.cause, delivered }
  return error instanceof SignatureError
    ? new SignatureError(error.code, text, options)
    : new ProtocolError(error.code, text, options)
}

/** An untrusted reply to a change: the change may have been carried out. */
function untrustedChange(api: Api, error: SignatureError | ProtocolError): LLPayError {
  const message = [error.message, api.doubt].filter(Boolean).join(' ')
  return untrusted(
    error,
    { ...textOf(error), message, hint: api.recourse ?? QUERY_FIRST },
    'unknown',
  )
}

/** The error of a query, for the change that was not sent because of it. */
export function notSent(error: unknown): unknown {
  if (error instanceof SignatureError || error instanceof ProtocolError) {
    const message = `${error.message} It was the reply to a query of the list; the change was not sent.`
    return untrusted(error, { ...textOf(error), reason: 'list.untrusted', message }, 'no')
  }
  if (error instanceof TransportError && error.delivered !== 'no') {
    const { code, message, cause, status, retryAfterMs } = error
    return new TransportError(
      code,
      {
        ...textOf(error),
        reason: 'list.unreachable',
        message: `${message} It was a query of the list; the change was not sent.`,
        params: { code },
      },
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
  const text = {
    ...textOf(error),
    reason: 'list.refused',
    message: `${message} The change was not sent.`,
  }
  return new RejectedError(code, text, facts, { delivered: 'no' })
}

const CONTRADICTION =
  'LianLian signed a success, but its list of bound cards still has the agreement.'
const ELSEWHERE =
  'The agreement is listed for another product (payType of this error), and no longer for the one that was named.'

/** What is known about an unknown outcome. */
export interface Doubt {
  readonly attempts: number
  readonly lastSeen: LastSeen
  readonly cause: unknown
  /** A signed success that the list of bound cards contradicts. */
  readonly reply?: object | undefined
  /** The product that lists the agreement, where it is not the one named. */
  readonly payType?: string | undefined
}

/** The error for a change when nothing proves whether it was executed. */
export function unknownOutcome(api: Api, doubt: Doubt): UnknownOutcomeError {
  const { cause, reply, payType } = doubt
  const parts = [
    `Whether ${api.id} was executed is unknown.`,
    reply === undefined && cause instanceof Error ? cause.message : '',
    reply === undefined ? '' : CONTRADICTION,
    payType === undefined ? '' : ELSEWHERE,
    api.doubt,
  ]
  const text = {
    reason: reply === undefined ? 'outcome.unknown' : 'outcome.contradicted',
    message: parts.filter(Boolean).join(' '),
    hint: api.recourse ?? QUERY_FIRST,
    params: { api: api.id },
  }
  return new UnknownOutcomeError(text, doubt)
}

/** Whether an error already states the outcome of the call. */
function isFinal(api: Api, error: unknown): boolean {
  if (isLLPayError(error) && error.delivered === 'no') return true
  if (error instanceof UnknownOutcomeError || error instanceof CallbackError) return true
  if (!(error instanceof RejectedError)) return false
  return error.code !== 'ERR_REJECTED' || classify(api, error.returnCode ?? '') !== 'unknown'
}

/**
 * Turns the failure of one step into the error of the call. For an endpoint that changes something, a
 * request that may have been delivered and is neither proven, refused nor untrusted is an unknown
 * outcome; for one that only reads, the error stays as it is.
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
