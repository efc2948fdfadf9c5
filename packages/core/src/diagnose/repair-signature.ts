import { encodeUtf8 } from '../encoding/utf8.ts'
import type { RsaPublicKey } from '../keys/rsa-public-key.ts'
import { fromHex, sameBytes } from './bytes.ts'
import { cause, type Cause } from './cause.ts'
import type { Digest, HashName } from './ports.ts'
import { raiseSignature, recoverBlock } from './recover-block.ts'

/** A signature put right, and what was wrong with it. */
export interface Repaired {
  readonly signature: Uint8Array
  readonly wrong: Cause
}

const REPAIRS: readonly (readonly [wrong: Cause, (bytes: Uint8Array) => Uint8Array])[] = [
  [
    cause(
      'sign.reversed',
      'The bytes of the signature are in reverse order, as CryptoAPI of Windows gives them: reverse them.',
      '签名的字节顺序颠倒（Windows CryptoAPI 的输出如此）：把它反转过来。',
    ),
    (bytes) => bytes.toReversed(),
  ],
  [
    cause(
      'sign.lost-zero',
      'The signature lacks the zero byte that it begins with: keep it as long as the key.',
      '签名缺少开头的零字节：签名长度应与密钥长度一致。',
    ),
    (bytes) => Uint8Array.of(0, ...bytes),
  ],
  [
    cause(
      'sign.extra-zero',
      'The signature has a zero byte before it, as a big number has one for its sign: remove it.',
      '签名开头多了一个零字节（大整数的符号位）：去掉它。',
    ),
    (bytes) => bytes.subarray(1),
  ],
]

/** A signature by the biggest key, 8192 bits, with a byte too many. */
const LONGEST = 1025

/** Puts a signature right that one of the keys made; `undefined` where that does not help. */
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

/** Whether a text was signed with RSASSA-PSS, which pads in another way. */
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
