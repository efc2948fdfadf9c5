/** Members that reveal nothing about a customer, a card or a key. Everything else is masked. */
const HARMLESS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'ret_code',
  'sign_type',
  'oid_partner',
  'pay_type',
  'card_type',
  'bank_code',
  'count',
  'offset',
  'api_version',
])

const HIDDEN = '[redacted]'

/**
 * Masks sensitive fields before you log them: copies a message, or anything made of messages, without
 * the values that could reveal a customer, a card or a key. Names and structure stay.
 *
 * llpay's own errors and events contain nothing to redact.
 *
 * @example
 * import { redact } from '@llpay/core'
 * console.log(redact({ user_id: '1234567', pay_type: 'D', sign: 'AAAA' }))
 * // { user_id: '[redacted]', pay_type: 'D', sign: '[redacted]' }
 */
export function redact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redact)
  if (typeof value !== 'object' || value === null) return HIDDEN
  const copy: Record<string, unknown> = Object.create(null)
  for (const [name, member] of Object.entries(value)) {
    const isLeaf = typeof member !== 'object' || member === null
    copy[name] = HARMLESS.has(name) && isLeaf ? member : redact(member)
  }
  return copy
}
