const SURROGATES = 0xd800
const AFTER_SURROGATES = 0xe000

/** Where a UTF-16 unit stands among the bytes of UTF-8: characters beyond U+FFFF come last. */
function rank(unit: number): number {
  if (unit < SURROGATES) return unit
  return unit < AFTER_SURROGATES ? unit + 0x2000 : unit - 0x800
}

/** Orders two texts as their UTF-8 bytes would be ordered. */
export function compareByteOrder(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length)
  for (let index = 0; index < shorter; index += 1) {
    const difference = rank(left.charCodeAt(index)) - rank(right.charCodeAt(index))
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
