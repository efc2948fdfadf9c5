import type { Api, FieldsOf } from '../api/define-api.ts'
import { ConfigError } from '../errors/config-error.ts'
import type { Verifier } from '../signing/ports.ts'
import type { HttpResponse } from '../transport/port.ts'
import { explainOutcome } from './failures.ts'
import type { PreparedRequest } from './prepare-request.ts'
import { readReply } from './read-reply.ts'
import type { Reply } from './reply.ts'

/** What reading a reply needs apart from the request and the response. */
export interface ProcessReplyOptions {
  /** LianLian's verifier, or several while its key rotates. */
  readonly verifier: Verifier | readonly Verifier[]
  /** How many requests were sent for this reply (default: 1). */
  readonly attempts?: number
}

/** @deprecated The name until 1.0 of `ProcessReplyOptions`. */
export type ProcessOptions = ProcessReplyOptions

/**
 * Reads the reply to a prepared request: size, UTF-8, strict JSON, signature, return code, echoes.
 * The result is built from what the signature covers.
 *
 * @throws {RejectedError} `ERR_REJECTED` when LianLian refused.
 * @throws {UnknownOutcomeError} `ERR_OUTCOME_UNKNOWN`, for an endpoint that changes something, when
 *   the reply proves neither success nor refusal.
 * @throws {SignatureError} `ERR_SIGNATURE_MISSING`, `ERR_SIGNATURE_INVALID`, `ERR_SIGNATURE_WRONG_TYPE`.
 * @throws {ProtocolError} `ERR_REPLY_TOO_LARGE`, `ERR_REPLY_DUPLICATE_MEMBER`, `ERR_REPLY_AMBIGUOUS`,
 *   `ERR_REPLY_INVALID`, `ERR_REPLY_MISMATCH`; for an endpoint that only reads also `ERR_REPLY_NOT_JSON`.
 * @throws {TransportError} `ERR_TRANSPORT_STATUS`, for an endpoint that only reads.
 * @example
 * import { processReply, type HttpResponse, type PreparedRequest, type Verifier } from '@llpay/core'
 * declare const request: PreparedRequest
 * declare const response: HttpResponse
 * declare const verifier: Verifier
 * const reply = await processReply(request, response, { verifier })
 * console.log(reply.signature)
 */
export async function processReply<A extends Api>(
  request: PreparedRequest<A>,
  response: HttpResponse,
  { verifier, attempts = 1 }: ProcessReplyOptions,
): Promise<Reply<FieldsOf<A>>> {
  const verifiers = [verifier].flat()
  if (verifiers.length === 0) {
    throw new ConfigError('ERR_CONFIG_MISSING', {
      reason: 'config.verifier-missing',
      message: "verifier is missing: without LianLian's public key no reply can be trusted.",
    })
  }
  try {
    return await readReply(request, response, verifiers, attempts)
  } catch (error) {
    throw explainOutcome(request.api, error, attempts)
  }
}
