import { ProtocolError } from '../errors/protocol-error.ts'
import { compareByteOrder } from './byte-order.ts'
import type { VerifiedMembers } from './verify-members.ts'

const MEMBER_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
const MEMBER_START = /&([A-Za-z_][A-Za-z0-9_]*)=/g

/** Refuses a member name with which the canonical string could be read in two ways. */
export function requirePlainNames(names: Iterable<string>): void {
  for (const name of names) {
    if (!MEMBER_NAME.test(name)) {
      throw new ProtocolError(
        'ERR_REPLY_INVALID',
        'The answer has a member whose name is not made of letters, digits and underscores.',
      )
    }
  }
}

/**
 * Refuses values that hold the beginning of a member: the same signed text could then stand for
 * other members, either by moving a boundary (the name is a signed one) or by splitting a member off
 * (the name would sort right behind).
 *
 * @throws {ProtocolError} `ERR_REPLY_AMBIGUOUS`.
 */
export function refuseAmbiguous(members: VerifiedMembers): void {
  const names = [...members.keys()].toSorted(compareByteOrder)
  for (const [index, name] of names.entries()) {
    const next = names[index + 1]
    for (const [, inner = ''] of (members.get(name) ?? '').matchAll(MEMBER_START)) {
      const splits =
        compareByteOrder(name, inner) < 0 &&
        (next === undefined || compareByteOrder(inner, next) < 0)
      if (splits || members.has(inner)) {
        throw new ProtocolError(
          'ERR_REPLY_AMBIGUOUS',
          'The signed text of the answer can be read as other members than the ones received.',
        )
      }
    }
  }
}
