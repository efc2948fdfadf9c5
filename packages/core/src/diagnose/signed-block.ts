import { bytesToBigInt, encodeUtf8 } from '../encoding.ts'
import type { RsaPublicKey } from '../keys/rsa-key.ts'
import { fromHex, sameBytes } from './bytes.ts'
import { cause, type Cause } from './cause.ts'
import type { Digest, HashName } from './ports.ts'

/** The prefixes of the digest in a PKCS#1 v1.5 block (RFC 8017, section 9.2). */
const DIGEST_INFO: readonly (readonly [HashName, string])[] = [
  ['md5', '3020300c06082a864886f70d020505000410'],
  ['sha1', '3021300906052b0e03021a05000414'],
  ['sha224', '302d300d06096086480165030402040500041c'],
  ['sha256', '3031300d060960864801650304020105000420'],
  ['sha384', '3041300d060960864801650304020205000430'],
  ['sha512', '3051300d060960864801650304020305000440'],
]

/** The content of a signature, opened with a public key. */
export type SignedBlock =
  | { readonly kind: 'digest'; readonly hash: HashName; readonly digest: Uint8Array }
  /** The padding is correct, so the key is; the content is not a digest with its header. */
  | { readonly kind: 'bare'; readonly content: Uint8Array }

const PADDING = /^0001(?:ff){8,}00/

/** The public operation of RSA; its result in hexadecimal, as long as the key. */
function raiseSignature(key: RsaPublicKey, signature: Uint8Array): string | undefined {
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
 * Opens a signature. Correct padding proves that the key matches the one that signed: any other key gives
 * noise. This distinguishes a wrong key from a wrong text; it verifies nothing.
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

/** A repaired signature, and what was wrong with it. */
export interface Repaired {
  readonly signature: Uint8Array
  readonly wrong: Cause
}

const REPAIRS: readonly (readonly [wrong: Cause, (bytes: Uint8Array) => Uint8Array])[] = [
  [
    cause(
      'sign.reversed',
      'The bytes of the signature are in reverse order, as the Windows CryptoAPI returns them: reverse them.',
      '签名的字节顺序颠倒（Windows CryptoAPI 的输出如此）：把它反转过来。',
    ),
    (bytes) => bytes.toReversed(),
  ],
  [
    cause(
      'sign.lost-zero',
      'The signature lacks its leading zero byte: pad it to the length of the key.',
      '签名缺少开头的零字节：签名长度应与密钥长度一致。',
    ),
    (bytes) => Uint8Array.of(0, ...bytes),
  ],
  [
    cause(
      'sign.extra-zero',
      'The signature has an extra leading zero byte, as a signed big integer has: remove it.',
      '签名开头多了一个零字节（大整数的符号位）：去掉它。',
    ),
    (bytes) => bytes.subarray(1),
  ],
]

/** A signature by the largest key, 8192 bits, with an extra byte. */
const LONGEST = 1025

/** Repairs a signature that one of the keys made; `undefined` if that does not help. */
export function repairSignature(
  keys: readonly RsaPublicKey[],
  signature: Uint8Array,
): Repaired | undefined {
  if (signature.length > LONGEST) return undefined
  const repaired = REPAIRS.map(([wrong, repair]) => ({ signature: repair(signature), wrong }))
  return repaired.find((each) =>
    keys.some((key) => recoverBlock(key, each.signature) !== undefined),
  )
}

const HASHES: readonly HashName[] = ['md5', 'sha1', 'sha256', 'sha512']

/** MGF1 of RFC 8017, section B.2.1. */
function mask(hash: (bytes: Uint8Array) => Uint8Array, seed: Uint8Array, length: number) {
  const bytes: number[] = []
  for (let count = 0; bytes.length < length; count += 1) {
    bytes.push(...hash(Uint8Array.of(...seed, 0, 0, count >> 8, count & 0xff)))
  }
  return bytes
}

/** Whether an encoded message of RSASSA-PSS fits a text, with a salt of any length (RFC 8017, 9.1.2). */
function fitsPss(
  encoded: Uint8Array,
  bits: number,
  text: Uint8Array,
  hash: (bytes: Uint8Array) => Uint8Array,
): boolean {
  const digest = hash(text)
  const length = encoded.length - digest.length - 1
  if (length <= 0 || encoded.at(-1) !== 0xbc) return false
  const seed = encoded.subarray(length, -1)
  const pad = mask(hash, seed, length)
  const block = encoded.subarray(0, length).map((byte, index) => byte ^ (pad[index] ?? 0))
  block[0] = (block[0] ?? 0) & (0xff >> (encoded.length * 8 - bits))
  const one = block.findIndex((byte) => byte !== 0)
  if (block[one] !== 1) return false
  const salted = Uint8Array.of(...new Uint8Array(8), ...digest, ...block.subarray(one + 1))
  return sameBytes(hash(salted), seed)
}

/** Whether a text was signed with RSASSA-PSS, which uses another padding. */
export function isPss(
  key: RsaPublicKey,
  text: string,
  signature: Uint8Array,
  digest: Digest,
): boolean {
  const raised = raiseSignature(key, signature)
  if (raised === undefined) return false
  const bits = key.bits - 1
  const encoded = fromHex(raised).slice(-Math.ceil(bits / 8))
  return HASHES.some((name) =>
    fitsPss(encoded, bits, encodeUtf8(text), (bytes) => digest(name, bytes)),
  )
}
