import { decodeBase64, encodeUtf8 } from '../encoding.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { SignatureError } from '../errors/signature-error.ts'
import { summarizeCause } from '../errors/summarize-cause.ts'
import type { JsonObject, JsonValue } from '../json/json-value.ts'
import { ALGORITHMS } from './algorithms.ts'
import { compareByteOrder, joinMembers, SIGN } from './canonical-string.ts'
import type { Verifier } from './ports.ts'

/** Members whose text is covered by a valid signature. */
export type VerifiedMembers = ReadonlyMap<string, string>

/** What verification needs besides the message. */
export interface VerifyOptions {
  /** One verifier, or several while LianLian's key rotates: one of them must accept the signature. */
  readonly verifiers: readonly Verifier[]
  /** The members that this endpoint leaves out of its signature. */
  readonly unsignedFields: readonly string[]
}

/** Whether a message carries a signature: a null or empty `sign` does not count. */
export function hasSignature(message: JsonObject): boolean {
  const sign = message.members.get(SIGN)
  return sign !== undefined && textOf(sign) !== ''
}

/** The text of a member as it is signed; `undefined` for an object or an array. */
function textOf(value: JsonValue): string | undefined {
  switch (value.kind) {
    case 'string':
      return value.value
    case 'number':
      return value.source
    case 'boolean':
      return String(value.value)
    case 'null':
      return ''
    case 'array':
    case 'object':
      return undefined
  }
}

function signedTexts(message: JsonObject, unsignedFields: readonly string[]): [string, string][] {
  const texts: [string, string][] = []
  for (const [name, value] of message.members) {
    if (name === SIGN || unsignedFields.includes(name)) continue
    const text = textOf(value)
    if (text === undefined) {
      throw new ProtocolError('ERR_REPLY_INVALID', {
        reason: 'reply.not-signable',
        message: 'The reply has an object or an array where only text can be signed.',
      })
    }
    if (text !== '') texts.push([name, text])
  }
  return texts
}

function readSignature(message: JsonObject): Uint8Array {
  const sign = message.members.get(SIGN)
  const signature =
    sign?.kind === 'string' ? decodeBase64(sign.value.replaceAll(/[\r\n]/g, '')) : undefined
  if (signature !== undefined && signature.length > 0) return signature
  throw new SignatureError('ERR_SIGNATURE_INVALID', {
    reason: 'signature.not-base64',
    message: "The reply's signature is not canonical base64.",
  })
}

/**
 * Refuses a message that names a `sign_type` other than the configured one: the message never chooses
 * the algorithm.
 *
 * @throws {SignatureError} `ERR_SIGNATURE_WRONG_TYPE`.
 */
export function requireSignType(message: JsonObject, verifiers: readonly Verifier[]): void {
  const value = message.members.get('sign_type')
  const text = value === undefined ? '' : textOf(value)
  if (text === '') return
  const agreed = verifiers.some(({ algorithm }) => ALGORITHMS[algorithm].signType === text)
  if (value?.kind === 'string' && agreed) return
  throw new SignatureError('ERR_SIGNATURE_WRONG_TYPE', {
    reason: 'signature.wrong-type',
    message: 'The reply names a sign_type other than the configured one.',
  })
}

/**
 * Verifies a message over every top-level member received, except `sign` and the endpoint's unsigned
 * ones, and returns the texts that the signature covers.
 *
 * @throws {SignatureError} `ERR_SIGNATURE_INVALID`.
 * @throws {ProtocolError} `ERR_REPLY_INVALID` for an object or an array that should be signed.
 */
export async function verifyMembers(
  message: JsonObject,
  { verifiers, unsignedFields }: VerifyOptions,
): Promise<VerifiedMembers> {
  const texts = signedTexts(message, unsignedFields)
  const signature = readSignature(message)
  const canonical = encodeUtf8(joinMembers(texts))
  for (const verifier of verifiers) {
    if (await accepts(verifier, canonical, signature)) return new Map(texts)
  }
  throw new SignatureError('ERR_SIGNATURE_INVALID', {
    reason: 'signature.mismatch',
    message:
      "The reply's signature does not verify with the configured gateway key: the key is not LianLian's current one, or the reply was altered in transit.",
    hint: 'Compare the gateway key with the one in the merchant console; llpay verify FILE --explain shows why a reply does not verify.',
  })
}

async function accepts(
  verifier: Verifier,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  try {
    const isValid: unknown = await verifier.verify(message, signature)
    return isValid === true
  } catch (error) {
    throw new SignatureError(
      'ERR_SIGNATURE_INVALID',
      {
        reason: 'signature.verifier-failed',
        message: 'The verifier failed, so the signature of the reply proves nothing.',
        hint: 'See its logs and the cause.',
      },
      { cause: summarizeCause(error) },
    )
  }
}

const MEMBER_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
const MEMBER_START = /&([A-Za-z_][A-Za-z0-9_]*)=/g

/** Refuses member names that make the canonical string ambiguous. */
export function requirePlainNames(names: Iterable<string>): void {
  for (const name of names) {
    if (!MEMBER_NAME.test(name)) {
      throw new ProtocolError('ERR_REPLY_INVALID', {
        reason: 'reply.member-name',
        message:
          'The reply has a member whose name is not made of letters, digits and underscores.',
      })
    }
  }
}

/**
 * Refuses values that contain the start of another member: one that sorts after their own name, or has
 * the name of a signed member. The same signed text could otherwise be read as other members. See
 * docs/decisions/0007.
 *
 * @throws {ProtocolError} `ERR_REPLY_AMBIGUOUS`.
 */
export function refuseAmbiguous(members: VerifiedMembers): void {
  for (const [name, value] of members) {
    if (!value.includes('&')) continue
    for (const [, inner = ''] of value.matchAll(MEMBER_START)) {
      if (compareByteOrder(name, inner) < 0 || members.has(inner)) {
        throw new ProtocolError('ERR_REPLY_AMBIGUOUS', {
          reason: 'reply.ambiguous',
          message:
            'The signed text of the reply can be read as members other than the ones received.',
        })
      }
    }
  }
}
