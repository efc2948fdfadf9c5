import { bytesToBigInt } from '../encoding/integer.ts'
import type { RsaPublicKey } from '../keys/rsa-public-key.ts'
import { fromHex } from './bytes.ts'
import type { HashName } from './ports.ts'

/** What stands before the digest in a PKCS#1 v1.5 block (RFC 8017, section 9.2). */
const DIGEST_INFO: readonly (readonly [HashName, string])[] = [
  ['md5', '3020300c06082a864886f70d020505000410'],
  ['sha1', '3021300906052b0e03021a05000414'],
  ['sha224', '302d300d06096086480165030402040500041c'],
  ['sha256', '3031300d060960864801650304020105000420'],
  ['sha384', '3041300d060960864801650304020205000430'],
  ['sha512', '3051300d060960864801650304020305000440'],
]

/** What a signature holds, read with a public key. */
export type SignedBlock =
  | { readonly kind: 'digest'; readonly hash: HashName; readonly digest: Uint8Array }
  /** The padding is right, so the key is; what stands in it is not a digest as it should be. */
  | { readonly kind: 'bare'; readonly content: Uint8Array }

const PADDING = /^0001(?:ff){8,}00/

/** The public operation of RSA; its result in hexadecimal, as long as the key. */
export function raiseSignature(key: RsaPublicKey, signature: Uint8Array): string | undefined {
  const length = Math.ceil(key.bits / 8)
  if (signature.length !== length) return undefined
  const modulus = bytesToBigInt(key.modulus)
  const number = bytesToBigInt(signature)
  if (number >= modulus) return undefined
  let power = number
  let result = 1n
  for (let exponent = bytesToBigInt(key.exponent); exponent > 0n; exponent >>= 1n) {
    if ((exponent & 1n) === 1n) result = (result * power) % modulus
    power = (power * power) % modulus
  }
  return result.toString(16).padStart(length * 2, '0')
}

/**
 * Reads what a signature holds. That the padding is right proves that the key belongs to the one that
 * signed: with any other key it comes out as noise. This tells a wrong key from a wrong text; it
 * verifies nothing.
 */
export function recoverBlock(key: RsaPublicKey, signature: Uint8Array): SignedBlock | undefined {
  const padded = raiseSignature(key, signature) ?? ''
  const [padding] = PADDING.exec(padded) ?? []
  if (padding === undefined) return undefined
  const content = padded.slice(padding.length)
  const [hash, info = ''] = DIGEST_INFO.find(([, each]) => content.startsWith(each)) ?? []
  if (hash === undefined) return { kind: 'bare', content: fromHex(content) }
  return { kind: 'digest', hash, digest: fromHex(content.slice(info.length)) }
}
