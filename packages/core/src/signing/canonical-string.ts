import { isWellFormed } from '../encoding/well-formed.ts'
import { ParameterError, type ParameterIssue } from '../errors/parameter-error.ts'
import { joinMembers, SIGN } from './join-members.ts'

/** Members of a message; `null`, `undefined` and empty ones are not signed. */
export type Members = Readonly<Record<string, string | null | undefined>>

const BREACHES: Readonly<Record<string, string>> = {
  string: 'is not text',
  well_formed: 'holds half a character (a lone surrogate)',
}

function issueOf(name: string, value: unknown): ParameterIssue | undefined {
  if (!isWellFormed(name)) return { path: '(a name)', rule: 'well_formed' }
  if (value === null || value === undefined) return undefined
  if (typeof value !== 'string') return { path: name, rule: 'string' }
  return isWellFormed(value) ? undefined : { path: name, rule: 'well_formed' }
}

function requireObject(members: unknown): void {
  // A Map or URLSearchParams has no members of its own: it would sign the empty text.
  if (Object.prototype.toString.call(members) === '[object Object]') return
  throw new ParameterError('A message to be signed must be a plain object of members.', [
    { path: '(members)', rule: 'object' },
  ])
}

/**
 * Makes the text that LianLian signs: members without `sign` and without empty ones, sorted by the
 * bytes of their names, joined as `name=value` with `&`. Nothing is encoded, quoted or trimmed. Its
 * UTF-8 bytes are what goes into the signature.
 *
 * @throws {ParameterError} `ERR_PARAMETER_INVALID` for a value that is neither text nor empty, and
 *   for text with half a character (a lone surrogate), which UTF-8 cannot carry.
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
    throw new ParameterError(
      `A message cannot be signed: ${issues.map(({ path, rule }) => `${path} ${BREACHES[rule] ?? rule}`).join(', ')}. Every member must be text; write numbers as the text that goes on the wire.`,
      issues,
    )
  }
  return joinMembers(signed)
}
