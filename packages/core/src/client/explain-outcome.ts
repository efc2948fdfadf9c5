import type { Api } from '../api/define-api.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import type { LLPayError } from '../errors/ll-pay-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { RejectedError } from '../errors/rejected-error.ts'
import { SignatureError } from '../errors/signature-error.ts'
import { UnknownOutcomeError, type LastSeen } from '../errors/unknown-outcome-error.ts'
import { classify } from './classify.ts'

const UNTRUSTED = 'Do not call again before you have looked: ask LianLian for the bound cards.'

function untrusted(api: Api, error: SignatureError | ProtocolError): LLPayError {
  const message = [error.message, api.doubt, UNTRUSTED].join(' ')
  const options = { cause: error.cause, delivered: error.delivered }
  return error instanceof SignatureError
    ? new SignatureError(error.code, message, options)
    : new ProtocolError(error.code, message, options)
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
  if (api.effect === 'read') return error
  if (isLLPayError(error) && error.delivered === 'no') return error
  if (error instanceof UnknownOutcomeError) return error
  if (error instanceof SignatureError) return untrusted(api, error)
  if (error instanceof ProtocolError && error.code !== 'ERR_REPLY_NOT_JSON') {
    return untrusted(api, error)
  }
  if (error instanceof RejectedError && classify(api, error.returnCode ?? '') !== 'unknown') {
    return error
  }
  const inner = error instanceof Error ? error.message : ''
  return new UnknownOutcomeError(
    `Whether ${api.id} was carried out is unknown. ${inner} ${api.doubt ?? ''} Ask LianLian for the bound cards before calling again.`.replaceAll(
      /\s+/g,
      ' ',
    ),
    { attempts, lastSeen, cause: error },
  )
}
