import { constants, verify } from 'node:crypto'

import type { RsaPublicKey } from '@llpay/core/keys'

import { openKey, recoverBlock } from './recover-block.ts'

/** A signature put right, and what was wrong with it. */
export interface Repaired {
  readonly signature: Uint8Array
  readonly wrong: string
}

const REPAIRS: readonly (readonly [wrong: string, (bytes: Uint8Array) => Uint8Array])[] = [
  [
    'The bytes of the signature are in reverse order, as CryptoAPI of Windows gives them: turn them round.',
    (bytes) => bytes.toReversed(),
  ],
  [
    'The signature lacks the zero byte that it begins with: keep its length that of the key.',
    (bytes) => Uint8Array.of(0, ...bytes),
  ],
  [
    'The signature has a zero byte before it, as a big number has one for its sign: remove it.',
    (bytes) => bytes.subarray(1),
  ],
]

/** Puts a signature right that one of the keys made; `undefined` where that does not help. */
export function repairSignature(
  keys: readonly RsaPublicKey[],
  signature: Uint8Array,
): Repaired | undefined {
  const repaired = REPAIRS.map(([wrong, repair]) => ({ signature: repair(signature), wrong }))
  return repaired.find((each) =>
    keys.some((key) => recoverBlock(key, each.signature) !== undefined),
  )
}

const HASHES = ['md5', 'sha1', 'sha256', 'sha512']

/** Whether a text was signed with RSASSA-PSS, which pads in another way. */
export function isPss(key: RsaPublicKey, text: string, signature: Uint8Array): boolean {
  const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_AUTO: saltLength } = constants
  return HASHES.some((hash) =>
    verify(hash, Buffer.from(text), { key: openKey(key), padding, saltLength }, signature),
  )
}
