import { encodeBase64, encodeUtf8 } from '../encoding.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import { SigningError } from '../errors/signing-error.ts'
import { summarizeCause } from '../errors/summarize-cause.ts'
import { canonicalString, type Members } from './canonical-string.ts'
import type { Signer } from './ports.ts'

/** A canonical string and its signature in base64. */
export interface SignedMembers {
  readonly canonical: string
  readonly sign: string
}

/**
 * Signs the members of a message.
 *
 * @throws {SigningError} `ERR_SIGN_FAILED`, or the error of llpay that the signer throws.
 */
export async function signMembers(members: Members, signer: Signer): Promise<SignedMembers> {
  const canonical = canonicalString(members)
  const signature = await callSigner(signer, encodeUtf8(canonical))
  return { canonical, sign: encodeBase64(signature) }
}

async function callSigner(signer: Signer, message: Uint8Array): Promise<Uint8Array> {
  let signature: unknown
  try {
    signature = await signer.sign(message)
  } catch (error) {
    if (isLLPayError(error) && error.delivered === 'no') throw error
    throw new SigningError(
      'ERR_SIGN_FAILED',
      {
        reason: 'sign.failed',
        message: 'The signer failed, so nothing was sent.',
        hint: 'See its logs and the cause; with a KMS or HSM, check that it is reachable and that the key may sign.',
      },
      { cause: summarizeCause(error) },
    )
  }
  if (signature instanceof Uint8Array && signature.length > 0) return signature
  throw new SigningError('ERR_SIGN_FAILED', {
    reason: 'sign.no-bytes',
    message: 'The signer returned no bytes, so nothing was sent.',
    hint: 'A Signer must resolve to the raw signature as a Uint8Array.',
  })
}
