import { encodeHex } from './hex.ts'

/** Reads big-endian bytes as a number that is not negative. */
export function bytesToBigInt(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${encodeHex(bytes)}`)
}

/** Counts the bits of a number that is not negative, without leading zeros. */
export function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length
}
