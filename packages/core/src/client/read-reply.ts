import type { Api, FieldsOf } from '../api/define-api.ts'
import { hasFields } from '../api/schema.ts'
import { decodeUtf8 } from '../encoding.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { SignatureError } from '../errors/signature-error.ts'
import { TransportError } from '../errors/transport-error.ts'
import {
  type JsonObject,
  plainObject,
  type PlainValue,
  toFilledValue,
  withoutPrototype,
} from '../json/json-value.ts'
import { readJsonObject } from '../json/read-json.ts'
import type { Verifier } from '../signing/ports.ts'
import {
  hasSignature,
  refuseAmbiguous,
  requirePlainNames,
  requireSignType,
  type VerifiedMembers,
  verifyMembers,
} from '../signing/verify.ts'
import { MAX_REPLY_BYTES, readRetryAfter, replyTooLarge } from '../transport/body.ts'
import type { HttpResponse } from '../transport/port.ts'
import { classify, rejection } from './failures.ts'
import type { PreparedRequest } from './prepare-request.ts'
import type { Reply } from './reply.ts'

/** Members of a request that a reply may repeat, and must then repeat unchanged. */
const ECHOES = ['oid_partner', 'user_id', 'no_agree', 'platform', 'pay_type']

/**
 * Refuses a reply that was signed for another request or another endpoint.
 *
 * @throws {ProtocolError} `ERR_REPLY_MISMATCH`.
 */
function refuseForeign(
  api: Api,
  sent: Readonly<Record<string, string>>,
  received: VerifiedMembers,
): void {
  const isForeign = ECHOES.some((name) => {
    const echo = received.get(name)
    const asked = sent[name] ?? api.assumed[name]
    const isResult = asked === undefined && Object.hasOwn(api.reply, name)
    return echo !== undefined && !isResult && echo !== asked
  })
  if (isForeign) {
    throw new ProtocolError('ERR_REPLY_MISMATCH', {
      reason: 'reply.other-request',
      message:
        'The reply is signed, but names another merchant, customer, agreement or product than the request.',
    })
  }
  if (api.foreignFields.some((name) => received.has(name))) {
    throw new ProtocolError('ERR_REPLY_MISMATCH', {
      reason: 'reply.other-endpoint',
      message: 'The reply is signed, but has members that only other endpoints send.',
    })
  }
}

function readMessage({ status, headers, body }: HttpResponse): JsonObject {
  if (status !== 200) {
    throw new TransportError(
      'ERR_TRANSPORT_STATUS',
      {
        reason: 'transport.status',
        message: `The gateway, or a proxy in front of it, responded with HTTP status ${status}; only 200 carries a reply.`,
        params: { status },
      },
      {
        delivered: 'unknown',
        status,
        retryAfterMs: readRetryAfter(headers['retry-after'], Date.now()),
      },
    )
  }
  if (body.length > MAX_REPLY_BYTES) throw replyTooLarge()
  const text = decodeUtf8(body)
  if (text === undefined) {
    throw new ProtocolError('ERR_REPLY_NOT_JSON', {
      reason: 'reply.not-utf8',
      message: 'The reply is not valid JSON: its bytes are not UTF-8.',
    })
  }
  const message = readJsonObject(text)
  requirePlainNames(message.members.keys())
  return message
}

function readReturnCode(message: JsonObject): string {
  const value = message.members.get('ret_code')
  if (value?.kind === 'string' && /^[0-9A-Z]{4}$/.test(value.value)) return value.value
  throw new ProtocolError('ERR_REPLY_INVALID', {
    reason: 'reply.no-ret-code',
    message: 'The reply has no ret_code, as text of four digits or capital letters.',
  })
}

/** What decides an outcome must be JSON text, never a number that two readers may print differently. */
function requireText(message: JsonObject, names: readonly string[]): void {
  const hasOther = names.some((name) => (message.members.get(name)?.kind ?? 'string') !== 'string')
  if (hasOther) {
    throw new ProtocolError('ERR_REPLY_INVALID', {
      reason: 'reply.not-text',
      message:
        'The reply has a number, or another value that is not text, where its outcome is decided.',
    })
  }
}

function readReturnMessage(message: JsonObject): string | undefined {
  const value = message.members.get('ret_msg')
  return value?.kind === 'string' ? value.value : undefined
}

function buildFields<A extends Api>(
  api: A,
  message: JsonObject,
  signed: VerifiedMembers,
): { fields: FieldsOf<A>; unsignedFields: string[] } {
  const isFilled = (name: string) => (message.members.get(name)?.kind ?? 'null') !== 'null'
  const unsignedFields = api.unsignedFields.filter(isFilled)
  const unsigned = unsignedFields.flatMap((name): [string, PlainValue][] => {
    const value = message.members.get(name)
    return value === undefined ? [] : [[name, toFilledValue(value)]]
  })
  const fields: unknown = plainObject<PlainValue>([...signed, ...unsigned])
  if (!hasFields<A['reply']>(api.reply, fields)) {
    throw new ProtocolError('ERR_REPLY_INVALID', {
      reason: 'reply.wrong-form',
      message: `The reply is signed, but does not have the form of a reply of ${api.id}.`,
      params: { api: api.id },
    })
  }
  return { fields, unsignedFields }
}

/**
 * Reads a reply step by step: size, UTF-8, strict JSON, signature, return code, echoes, fields. It throws
 * what went wrong; `explainOutcome` turns that into the error of the call.
 */
export async function readReply<A extends Api>(
  { api, members }: PreparedRequest<A>,
  response: HttpResponse,
  verifiers: readonly Verifier[],
  attempts: number,
): Promise<Reply<FieldsOf<A>>> {
  const message = readMessage(response)
  const returnCode = readReturnCode(message)
  requireSignType(message, verifiers)
  const isSuccess = classify(api, returnCode) === 'success'
  if (!hasSignature(message)) {
    if (isSuccess) {
      throw new SignatureError('ERR_SIGNATURE_MISSING', {
        reason: 'reply.unsigned-success',
        message: 'The reply claims success without a signature, so it proves nothing.',
      })
    }
    throw rejection(api, {
      returnCode,
      returnMessage: readReturnMessage(message),
      signature: 'absent',
    })
  }
  const { unsignedFields } = api
  const signed = await verifyMembers(message, { verifiers, unsignedFields })
  requireText(message, ['ret_code', ...(api.signedText ?? [])])
  refuseAmbiguous(signed)
  refuseForeign(api, members, signed)
  if (!isSuccess) {
    throw rejection(api, {
      returnCode,
      returnMessage: signed.get('ret_msg'),
      signature: 'verified',
    })
  }
  return withoutPrototype({
    ...buildFields(api, message, signed),
    signature: 'verified',
    attempts,
  })
}
