import { isLLPayError, SigningError } from '@llpay/core/adapter'
import { summarizeCause } from '@llpay/core/adapter'

/** Turns whatever a backend throws while it signs into an error of llpay. */
export function translateSigning(error: unknown): Error {
  if (isLLPayError(error)) return error
  return new SigningError(
    'ERR_SIGN_FAILED',
    'The runtime could not sign with the private key, though it accepted the key before. Nothing was sent.',
    { cause: summarizeCause(error) },
  )
}
