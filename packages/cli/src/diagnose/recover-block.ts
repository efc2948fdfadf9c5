import { constants, createPublicKey, publicDecrypt, type KeyObject } from 'node:crypto'

import type { RsaPublicKey } from '@llpay/core/keys'

/** The hash functions that somebody may have signed with, by the names of node:crypto. */
export type HashName = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

/** What stands before the digest in a PKCS#1 v1.5 block (RFC 8017, section 9.2). */
const DIGEST_INFO: Readonly<Record<HashName, string>> = {
  md5: '3020300c06082a864886f70d020505000410',
  sha1: '3021300906052b0e03021a05000414',
  sha224: '302d300d06096086480165030402040500041c',
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
}

const HASHES: readonly HashName[] = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']

/** What a signature holds, read with a public key. */
export type SignedBlock =
  | { readonly kind: 'digest'; readonly hash: HashName; readonly digest: Buffer }
  /** The padding is right, so the key is; what stands in it is no digest as it should be. */
  | { readonly kind: 'bare'; readonly content: Buffer }

const PADDING = /^0001(?:ff){8,}00/

/**
 * Reads what a signature holds. That the padding is right proves that the key belongs to the one that
 * signed: with any other key it comes out as noise. This tells a wrong key from a wrong text; it
 * verifies nothing.
 */
export function recoverBlock(key: RsaPublicKey, signature: Uint8Array): SignedBlock | undefined {
  if (signature.length !== Math.ceil(key.bits / 8)) return undefined
  const padded = decrypt(key, signature)?.toString('hex') ?? ''
  const [padding] = PADDING.exec(padded) ?? []
  if (padding === undefined) return undefined
  const content = padded.slice(padding.length)
  const hash = HASHES.find((name) => content.startsWith(DIGEST_INFO[name]))
  if (hash === undefined) return { kind: 'bare', content: Buffer.from(content, 'hex') }
  const digest = Buffer.from(content.slice(DIGEST_INFO[hash].length), 'hex')
  return { kind: 'digest', hash, digest }
}

/** A key as node:crypto takes it. */
export function openKey({ spki }: RsaPublicKey): KeyObject {
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
}

function decrypt(key: RsaPublicKey, signature: Uint8Array): Buffer | undefined {
  try {
    return publicDecrypt({ key: openKey(key), padding: constants.RSA_NO_PADDING }, signature)
  } catch {
    return undefined
  }
}
