import type { RsaPublicKey } from '../keys/rsa-key.ts'
import type { Verifier } from '../signing/ports.ts'
import type { Cause } from './cause.ts'

/** The hash functions that a message may have been signed with. */
export type HashName = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

/**
 * Hashes bytes: `createHash(name).update(bytes).digest()` of node:crypto, or `digest` of
 * `@llpay/edge/diagnose`. WebCrypto cannot be used: it has no MD5, and it is asynchronous.
 */
export type Digest = (name: HashName, bytes: Uint8Array) => Uint8Array

/** How a message may be compressed. */
export type Compression = 'gzip' | 'deflate' | 'deflate-raw' | 'brotli' | 'zstd'

/** Decompresses bytes; `undefined` if the runtime cannot, or the bytes are something else. */
export type Decompress = (format: Compression, bytes: Uint8Array) => Promise<Uint8Array | undefined>

/** A key that may have made a signature, and its name in the report. */
export interface DiagnoseKey {
  /** Its name in the report: the flag, file or role that it came from. */
  readonly name: string
  readonly key: RsaPublicKey
  /** Decides whether the message verifies with this key. */
  readonly verifier: Verifier
}

/** A key that is often mistaken for the right one, and what it means if it made the signature. */
export interface OtherKey {
  readonly name: string
  readonly key: RsaPublicKey
  readonly cause: Cause
}
