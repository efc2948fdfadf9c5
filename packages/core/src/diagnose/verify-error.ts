import { bilingual } from '../errors/bilingual.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import type { ErrorText, LLPayError } from '../errors/ll-pay-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { SignatureError } from '../errors/signature-error.ts'
import type { JsonObject } from '../json/json-value.ts'
import type { Verifier } from '../signing/ports.ts'
import {
  hasSignature,
  refuseAmbiguous,
  requirePlainNames,
  requireSignType,
  verifyMembers,
} from '../signing/verify.ts'
import { cause, type Cause } from './cause.ts'
import type { ReceivedMessage } from './received.ts'

/** The errors in words that fit any message, by code: a request is not "the reply". */
const OF_ANY_MESSAGE: readonly Cause[] = [
  cause(
    'ERR_SIGNATURE_MISSING',
    'The message carries no signature, so it proves nothing.',
    '报文没有签名，不能证明任何事。',
  ),
  cause(
    'ERR_SIGNATURE_INVALID',
    "The message's signature does not verify with the key that was given.",
    '用给出的密钥验签不通过。',
  ),
  cause(
    'ERR_SIGNATURE_WRONG_TYPE',
    'The message names a sign_type other than the one that is verified.',
    '报文的 sign_type 与验签所用的算法不符。',
  ),
  cause(
    'ERR_REPLY_INVALID',
    'The message has a member that cannot be signed: an object, a list, or a name that is not made of letters, digits and underscores.',
    '报文中有无法签名的字段：值是对象或列表，或字段名含有字母、数字、下划线以外的字符。',
  ),
  cause(
    'ERR_REPLY_AMBIGUOUS',
    'The signed text of the message can be read as members other than the ones received.',
    '待签名串可以被解读为另一组字段。',
  ),
]

const ofCode = (code: string) => OF_ANY_MESSAGE.find(({ key }) => key === code)

/** What an error means, in both languages. */
export function causeOfError(error: LLPayError): Cause {
  const { code, message, zh } = error
  return cause(`error.${code}`, message, zh?.message ?? ofCode(code)?.zh ?? message)
}

/** The text of an error that is one of the causes of this diagnosis. */
const textOf = ({ key, en, zh }: Cause): ErrorText => bilingual(`error.${key}`, [en], [zh])

function inWordsThatFit(error: LLPayError, isReply: boolean): LLPayError {
  const { code, cause: reason } = error
  const words = ofCode(code)
  if (isReply || words === undefined) return error
  const text = textOf(words)
  const options = { delivered: 'no', ...(reason === undefined ? {} : { cause: reason }) } as const
  if (error instanceof SignatureError) return new SignatureError(error.code, text, options)
  return error instanceof ProtocolError ? new ProtocolError(error.code, text, options) : error
}

/** How a message is verified. */
interface VerifyRules {
  readonly verifiers: readonly Verifier[]
  readonly unsignedFields: readonly string[]
  /** Whether the message is certainly LianLian's, whatever its members. */
  readonly isKnownReply: boolean
}

/** Members that only LianLian writes: in a reply, or in a notification. */
const FROM_LIANLIAN = ['ret_code', 'result_pay', 'result_sign', 'sta_refund', 'oid_refundno']

/**
 * Whether a message is a request that a merchant signed. One whose values contain what only LianLian
 * writes may be a reply with moved boundaries, and does not count.
 */
const isRequest = ({ members }: ReceivedMessage): boolean =>
  !FROM_LIANLIAN.some((own) =>
    members.some(({ name, text }) => name === own || text?.includes(`&${own}=`)),
  )

/** The error that a client would throw; `undefined` for a message that verifies. */
export async function findVerifyError(
  object: JsonObject,
  received: ReceivedMessage,
  { verifiers, unsignedFields, isKnownReply }: VerifyRules,
): Promise<LLPayError | undefined> {
  const { charset, isReply } = received
  try {
    if (!hasSignature(object)) {
      throw new SignatureError(
        'ERR_SIGNATURE_INVALID',
        bilingual(
          'message.not-signed',
          [isReply ? 'The reply is not signed.' : 'The message is not signed.'],
          [isReply ? '应答没有签名。' : '报文没有签名。'],
        ),
        { delivered: 'no' },
      )
    }
    requireSignType(object, verifiers)
    const members = await verifyMembers(object, { verifiers, unsignedFields })
    requirePlainNames(object.members.keys())
    if (isKnownReply || !isRequest(received)) refuseAmbiguous(members)
    if (charset === 'UTF-8') return undefined
    return new SignatureError(
      'ERR_SIGNATURE_INVALID',
      bilingual('message.not-utf-8', ['The message is not UTF-8.'], ['报文不是 UTF-8 编码。']),
      { delivered: 'no' },
    )
  } catch (error) {
    if (isLLPayError(error)) return inWordsThatFit(error, isReply)
    throw error
  }
}
