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
 * Refuses values that hold the beginning of a member which could stand where they end: one that sorts
 * behind their own name, or is the name of a signed member. The same signed text could otherwise be
 * read as other members. See docs/decisions/0007.
 *
 * @throws {ProtocolError} `ERR_REPLY_AMBIGUOUS`.
 */
export function refuseAmbiguous(members: VerifiedMembers): void {
  for (const [name, value] of members) {
    for (const [, inner = ''] of value.matchAll(MEMBER_START)) {
      if (compareByteOrder(name, inner) < 0 || members.has(inner)) {
        throw new ProtocolError(
          'ERR_REPLY_AMBIGUOUS',
          'The signed text of the answer can be read as other members than the ones received.',
        )
      }
    }
  }
}
