import { KeyError } from '../errors/key-error.ts'

/** Makes sure that something was given as a key, which untyped code may have forgotten. */
export function requireKey(source: unknown): void {
  const given = typeof source === 'string' || (typeof source === 'object' && source !== null)
  if (given) return
  const isMissing = source === undefined || source === null
  throw new KeyError(
    'ERR_KEY_INVALID',
    isMissing
      ? 'No key was given. Is the variable or file that it should come from filled?'
      : `The key is a ${typeof source}. Give PEM, base64, DER bytes or a JWK.`,
  )
}

/** Bytes in any of the shapes that JavaScript has for them. */
export type KeyBytes = Uint8Array | ArrayBuffer | ArrayBufferView

/** By its tag, since a buffer may be of another realm. */
function isBuffer(source: unknown): source is ArrayBuffer {
  return /^\[object (?:Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(source))
}

/** The bytes of a buffer or of a view of one; anything else stays as it is. */
export function viewBytes<Source>(
  source: Source | ArrayBuffer | ArrayBufferView,
): Source | Uint8Array {
  if (source instanceof Uint8Array) return source
  if (ArrayBuffer.isView(source)) {
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  }
  return isBuffer(source) ? new Uint8Array(source) : source
}
