/** Members that say nothing about a customer, a card or a key. Whatever is not here is hidden. */
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
 * Copies a message, or anything made of messages, with every value hidden that could tell about a
 * customer, a card or a key. Names and structure stay, so that a log shows what was there.
 *
 * llpay's own errors and events hold nothing to redact; this is for what you log yourself.
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
