import { compareByteOrder } from './byte-order.ts'
import { canonicalString, type Members } from './canonical-string.ts'
import { SIGN } from './join-members.ts'

/** Why a member is no part of the canonical string. */
export type DropReason = 'sign' | 'empty' | 'null'

/** How a canonical string came about. */
export interface Explanation {
  /** The text whose UTF-8 bytes are signed. */
  readonly canonical: string
  /** The names of the members in it, in order. */
  readonly signed: readonly string[]
  /** The members left out, each with the reason. */
  readonly dropped: readonly { readonly name: string; readonly reason: DropReason }[]
}

function dropReason(name: string, value: string | null | undefined): DropReason | undefined {
  if (name === SIGN) return 'sign'
  if (value === null || value === undefined) return 'null'
  return value === '' ? 'empty' : undefined
}

/**
 * Shows how the canonical string of a message comes about: which members are signed, in which order,
 * and which are left out and why.
 *
 * @throws {ParameterError} `ERR_PARAMETER_INVALID`, as {@link canonicalString} does.
 * @example
 * import { explain } from '@llpay/core/signing'
 * const { signed, dropped } = explain({ user_id: '1234567', sign: 'AAAA', platform: '' })
 * console.log(signed, dropped)
 */
export function explain(members: Members): Explanation {
  const canonical = canonicalString(members)
  const signed: string[] = []
  const dropped: { name: string; reason: DropReason }[] = []
  for (const [name, value] of Object.entries(members)) {
    const reason = dropReason(name, value)
    if (reason === undefined) signed.push(name)
    else dropped.push({ name, reason })
  }
  return { canonical, signed: signed.toSorted(compareByteOrder), dropped }
}
