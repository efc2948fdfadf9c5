import type { SignatureAlgorithm } from '@llpay/core/signing'
import { md5 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'

interface Digest {
  readonly hash: (message: Uint8Array) => Uint8Array
  /** The DER DigestInfo up to the hash itself (RFC 8017 section 9.2, note 1). */
  readonly prefix: readonly number[]
}

const DIGESTS: Readonly<Record<SignatureAlgorithm, Digest>> = {
  MD5withRSA: {
    hash: md5,
    prefix: [
      0x30, 0x20, 0x30, 0x0c, 0x06, 0x08, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05, 0x05,
      0x00, 0x04, 0x10,
    ],
  },
  SHA256withRSA: {
    hash: sha256,
    prefix: [
      0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
      0x05, 0x00, 0x04, 0x20,
    ],
  },
}

/**
 * Makes the whole block that an RSA signature of a message stands for: EMSA-PKCS1-v1_5 of RFC 8017
 * section 9.2. Verifying compares it whole; padding that came from outside is never parsed.
 */
export function encodeBlock(
  message: Uint8Array,
  algorithm: SignatureAlgorithm,
  length: number,
): Uint8Array {
  const { hash, prefix } = DIGESTS[algorithm]
  const tail = [...prefix, ...hash(message)]
  const block = new Uint8Array(length).fill(0xff)
  block.set([0x00, 0x01])
  block.set([0x00, ...tail], length - tail.length - 1)
  return block
}
