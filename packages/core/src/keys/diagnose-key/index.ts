/**
 * Why a key cannot be read. Load it on demand: `await import('@llpay/core/keys/diagnose-key')`.
 *
 * @module @llpay/core/keys/diagnose-key
 */
import { decodeLoose, decodeUtf8 } from '../../encoding.ts'
import { isLLPayError } from '../../errors/is-ll-pay-error.ts'
import { KeyError } from '../../errors/key-error.ts'
import type { LLPayError } from '../../errors/ll-pay-error.ts'
import { viewBytes } from '../parse-key.ts'
import type { KeyUse } from '../pem.ts'
import { explainFormat, explainUnsupported } from './foreign-forms.ts'
import { explainMangled } from './mangled-text.ts'
import { explainValue } from './wrong-value.ts'

/** Errors that say more than any of the causes below could. */
const EXACT: readonly string[] = ['ERR_KEY_TOO_SMALL', 'ERR_KEY_MISMATCH', 'ERR_KEY_WRONG_KIND']

/** Text, and not bytes that happen to be letters. */
const PRINTABLE = /^[\s\x20-\x7E]{20,}$/

const textOf = (source: string | Uint8Array) =>
  typeof source === 'string' ? source : (decodeUtf8(source) ?? '')

/** Text without the layers of base64 that secret stores add. */
function peel(source: string | Uint8Array): string | Uint8Array {
  const inner = decodeLoose(textOf(source))
  const text = inner === undefined ? undefined : decodeUtf8(inner)
  return text !== undefined && PRINTABLE.test(text) ? peel(text) : source
}

function unsupported(source: string | Uint8Array, error: LLPayError): LLPayError {
  try {
    const says = explainUnsupported(source)
    return says === undefined
      ? error
      : new KeyError('ERR_KEY_UNSUPPORTED', says, { cause: error.cause })
  } catch {
    return error
  }
}

/**
 * Names the cause why a key could not be read: a file in another format and the command that converts
 * it, text that was altered on its way, a file's name, or an object that is not a key. Returns the error
 * unchanged if it knows nothing better. The text contains no byte of the key.
 *
 * @param source What was given as the key.
 * @param error What reading it threw.
 * @param use What the key is needed for, if that is known.
 * @example
 * import { parsePrivateKey } from '@llpay/core/keys'
 * import { diagnoseKey } from '@llpay/core/keys/diagnose-key'
 * const source = '/run/secrets/private'
 * try {
 *   parsePrivateKey(source)
 * } catch (error) {
 *   console.log(diagnoseKey(source, error, 'private'))
 * }
 */
export function diagnoseKey(source: unknown, error: unknown, use?: KeyUse): unknown {
  if (!isLLPayError(error) || error.name !== 'KeyError') return error
  const given = viewBytes(source)
  if (typeof given !== 'string' && !(given instanceof Uint8Array)) {
    const says = explainValue(given, use)
    return says === undefined || EXACT.includes(error.code)
      ? error
      : new KeyError(typeof given === 'object' ? 'ERR_KEY_UNSUPPORTED' : 'ERR_KEY_INVALID', says)
  }
  const foreign = error.code === 'ERR_KEY_TOO_SMALL' ? undefined : explainFormat(peel(given))
  if (foreign !== undefined) return foreign
  if (error.code === 'ERR_KEY_UNSUPPORTED') return unsupported(given, error)
  // An error with a cause comes from the runtime's own look at the key, such as a wrong passphrase.
  if (error.code !== 'ERR_KEY_INVALID' || error.cause !== undefined) return error
  const says = explainMangled({ text: textOf(peel(given)), use })
  return says === undefined ? error : new KeyError('ERR_KEY_INVALID', says)
}
