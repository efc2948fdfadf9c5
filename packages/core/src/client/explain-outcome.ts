import type { Api } from '../api/define-api.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import type { LLPayError } from '../errors/ll-pay-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { RejectedError } from '../errors/rejected-error.ts'
import { SignatureError } from '../errors/signature-error.ts'
import { summarizeCause } from '../errors/summarize-cause.ts'
import { UnknownOutcomeError, type LastSeen } from '../errors/unknown-outcome-error.ts'
import { classify } from './classify.ts'

const LOOK_FIRST = 'Do not call again before you have looked: ask LianLian for the bound cards.'

function untrusted(api: Api, error: SignatureError | ProtocolError): LLPayError {
  const message = [error.message, api.doubt, api.recourse ?? LOOK_FIRST].join(' ')
  const options = { cause: error.cause, delivered: error.delivered }
  return error instanceof SignatureError
    ? new SignatureError(error.code, message, options)
    : new ProtocolError(error.code, message, options)
}

/** What is known when an outcome has to be called unknown. */
export interface Doubt {
  readonly attempts: number
  readonly lastSeen: LastSeen
  readonly cause: unknown
  /** A signed success that the list of bound cards contradicts. */
  readonly reply?: object | undefined
}

/** Makes the error for a change of which nothing proves that it was or was not carried out. */
export function unknownOutcome(api: Api, doubt: Doubt): UnknownOutcomeError {
  const { cause, reply } = doubt
  const why =
    reply === undefined
      ? cause instanceof Error
        ? cause.message
        : ''
      : 'LianLian signed a success, but its list of bound cards still has the agreement.'
  const parts = [
    `Whether ${api.id} was carried out is unknown.`,
    why,
    api.doubt,
    api.recourse ?? 'Ask LianLian for the bound cards before calling again.',
  ]
  return new UnknownOutcomeError(parts.filter(Boolean).join(' '), doubt)
}

/** Whether an error already says what became of the call. */
function isFinal(api: Api, error: unknown): boolean {
  if (isLLPayError(error) && error.delivered === 'no') return true
  if (error instanceof UnknownOutcomeError) return true
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
  if (error instanceof SignatureError) return untrusted(api, error)
  if (error instanceof ProtocolError && error.code !== 'ERR_REPLY_NOT_JSON') {
    return untrusted(api, error)
  }
  return unknownOutcome(api, { attempts, lastSeen, cause: summarizeCause(error) })
}
