import { compareByteOrder } from './byte-order.ts'

/** The member that carries the signature, and is never part of what is signed. */
export const SIGN = 'sign'

/**
 * Sorts members by the bytes of their names and joins them as `name=value` with `&`. Nothing is
 * encoded, quoted or trimmed. The caller has dropped `sign` and empty values.
 */
export function joinMembers(members: readonly (readonly [string, string])[]): string {
  return members
    .toSorted(([left], [right]) => compareByteOrder(left, right))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}
