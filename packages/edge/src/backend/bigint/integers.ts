// Core has the like. This folder shares no code with the rest, so that bundlers keep it in one chunk
// and the rest in another.

/** Reads big-endian bytes as a number that is not negative. */
export function toInteger(bytes: Uint8Array): bigint {
  let digits = '0x0'
  for (const byte of bytes) digits += byte.toString(16).padStart(2, '0')
  return BigInt(digits)
}

/** Writes a number that is not negative as so many big-endian bytes. It must fit. */
export function toBytes(value: bigint, length: number): Uint8Array {
  const digits = value.toString(16).padStart(length * 2, '0')
  return Uint8Array.from({ length }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  )
}
