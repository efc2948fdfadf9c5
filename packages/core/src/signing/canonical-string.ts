import { isWellFormed } from '../encoding.ts'
import { ParameterError, type ParameterIssue } from '../errors/parameter-error.ts'

const SURROGATES = 0xd800
const AFTER_SURROGATES = 0xe000

/** How a UTF-16 unit sorts among the bytes of UTF-8: characters beyond U+FFFF come last. */
function rank(unit: number): number {
  if (unit < SURROGATES) return unit
  return unit < AFTER_SURROGATES ? unit + 0x2000 : unit - 0x800
}

/** Compares two texts by their UTF-8 bytes. */
export function compareByteOrder(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length)
  for (let index = 0; index < shorter; index += 1) {
    const difference = rank(left.charCodeAt(index)) - rank(right.charCodeAt(index))
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** The member that carries the signature, and is never signed itself. */
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

/** Members of a message; `null`, `undefined` and empty ones are not signed. */
export type Members = Readonly<Record<string, string | null | undefined>>

const BREACHES: Readonly<Record<string, string>> = {
  string: 'is not text',
  well_formed: 'contains half a character (a lone surrogate)',
}

function issueOf(name: string, value: unknown): ParameterIssue | undefined {
  if (!isWellFormed(name)) return { path: '(a name)', rule: 'well_formed' }
  if (value === null || value === undefined) return undefined
  if (typeof value !== 'string') return { path: name, rule: 'string' }
  return isWellFormed(value) ? undefined : { path: name, rule: 'well_formed' }
}

function requireObject(members: unknown): void {
  // A Map or URLSearchParams has no own members: the empty text would be signed.
  if (Object.prototype.toString.call(members) === '[object Object]') return
  throw new ParameterError(
    {
      reason: 'parameter.not-an-object',
      message: 'A message to sign must be a plain object of members.',
      hint: 'Convert a Map or URLSearchParams first: Object.fromEntries(value).',
    },
    [{ path: '(members)', rule: 'object' }],
  )
}

/**
 * Builds the canonical string, whose UTF-8 bytes are signed: all members except `sign` and empty ones,
 * sorted by the bytes of their names, joined as `name=value` with `&`. Nothing is encoded, quoted or
 * trimmed.
 *
 * @throws {ParameterError} `ERR_PARAMETER_INVALID` for a value that is neither text nor empty, and
 *   for text with half a character (a lone surrogate), which UTF-8 cannot encode.
 * @see https://github.com/LianLianPay/GitBook-Docs-en (signature-add-sign.md)
 * @example
 * import { canonicalString } from '@llpay/core/signing'
 * const text = canonicalString({ user_id: '1234567', sign_type: 'RSA', platform: '' })
 * console.log(text) // sign_type=RSA&user_id=1234567
 */
export function canonicalString(members: Members): string {
  requireObject(members)
  const signed: [string, string][] = []
  const issues: ParameterIssue[] = []
  for (const [name, value] of Object.entries(members)) {
    const issue = issueOf(name, value)
    if (issue !== undefined) issues.push(issue)
    else if (name !== SIGN && typeof value === 'string' && value !== '') signed.push([name, value])
  }
  if (issues.length > 0) {
    const breaches = issues.map(({ path, rule }) => `${path} ${BREACHES[rule] ?? rule}`).join(', ')
    throw new ParameterError(
      {
        reason: 'parameter.not-signable',
        message: `The message cannot be signed: ${breaches}.`,
        hint: 'Every member must be text: pass a number as the string that goes on the wire.',
        params: { members: issues.map(({ path }) => path).join(', ') },
      },
      issues,
    )
  }
  return joinMembers(signed)
}
