const WORD_BYTES = 8

/** Reads big-endian bytes as a number that is not negative. */
export function bytesToBigInt(bytes: Uint8Array): bigint {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const head = bytes.length % WORD_BYTES
  let value = 0n
  for (let at = 0; at < head; at += 1) value = (value << 8n) | BigInt(words.getUint8(at))
  for (let at = head; at < bytes.length; at += WORD_BYTES) {
    value = (value << 64n) | words.getBigUint64(at)
  }
  return value
}

/** Counts the bits of a number that is not negative, without leading zeros. */
export function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length
}
