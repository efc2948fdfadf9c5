import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import * as zlib from 'node:zlib'

import type { Compression, Decompress, Digest } from '@llpay/core/diagnose'

/** Hashes with node:crypto. */
export const digest: Digest = (name, bytes) => createHash(name).update(bytes).digest()

const LIMITS = { maxOutputLength: 8 * 1024 * 1024 }

type Unpack = (bytes: Uint8Array) => Promise<Uint8Array>

const UNPACK: Readonly<Partial<Record<Compression, Unpack>>> = {
  gzip: (bytes) => promisify(zlib.gunzip)(bytes, LIMITS),
  deflate: (bytes) => promisify(zlib.inflate)(bytes, LIMITS),
  'deflate-raw': (bytes) => promisify(zlib.inflateRaw)(bytes, LIMITS),
  brotli: (bytes) => promisify(zlib.brotliDecompress)(bytes, LIMITS),
  // Since Node 22.15.
  ...('zstdDecompress' in zlib
    ? { zstd: (bytes: Uint8Array) => promisify(zlib.zstdDecompress)(bytes, LIMITS) }
    : {}),
}

/** Decompresses with node:zlib, up to 8 MiB. */
export const decompress: Decompress = async (format, bytes) => {
  try {
    return await UNPACK[format]?.(bytes)
  } catch {
    return undefined
  }
}
