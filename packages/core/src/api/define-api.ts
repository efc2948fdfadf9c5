import type { HostName } from './hosts.ts'
import type { ParamsSchema, Received, ReplySchema, Sent } from './schema.ts'

/** An endpoint of LianLian's API, as data. */
export interface Api {
  /** The one name of the endpoint: file, client path and command are all made from it. */
  readonly id: `${string}.${string}`
  /** What it does, in one line. */
  readonly summary: string
  readonly host: HostName
  readonly path: `/${string}`
  /** Whether a call changes something at LianLian, so that it must not be sent twice blindly. */
  readonly effect: 'change' | 'read'
  readonly params: ParamsSchema
  readonly reply: ReplySchema
  /** The `sign_type` values that the endpoint accepts. */
  readonly signTypes: readonly string[]
  /** Codes that mean success. */
  readonly success: readonly string[]
  /** Codes that mean "no such agreement", which may be a consequence of an earlier request. */
  readonly notListed: readonly string[]
  /** Members of the answer that are not covered by its signature. */
  readonly unsignedFields: readonly string[]
  /** Members of a signed answer that must be JSON text, because something is decided by them. */
  readonly signedText?: readonly string[]
  /** Members whose presence shows that an answer belongs to another endpoint. */
  readonly foreignFields: readonly string[]
  /** What LianLian assumes for a parameter that is left out. */
  readonly assumed: Readonly<Record<string, string>>
  /** What to check after a code, beyond the general advice. */
  readonly advice: Readonly<Record<string, string>>
  /** For a change: the endpoint that lists what it changes, and so can tell whether it happened. */
  readonly settledBy?: 'card.list'
  /** For a change: the word for "done and proven". */
  readonly outcome?: string
  /** For a change: what may be true although no good answer came. */
  readonly doubt?: string
  /** For a change: what to do in that doubt, if not to ask for the bound cards. */
  readonly recourse?: string
}

/** The parameters that a call of an endpoint takes. */
export type ParamsOf<A extends Api> = Sent<A['params']>

/** The members that a good answer of an endpoint has. */
export type FieldsOf<A extends Api> = Received<A['reply']>

/**
 * Defines an endpoint. The catalogue's own are in `@llpay/core/apis/card`; define one to call what
 * the catalogue lacks with `client.call`.
 *
 * @example
 * import { defineApi } from '@llpay/core'
 * const bankCardBin = defineApi({
 *   id: 'card.query-bin', summary: 'Tell a card by its number',
 *   host: 'queryapi', path: '/bankcardbin.htm', effect: 'read',
 *   params: { card_no: { pattern: /^[0-9]{12,19}$/ }, pay_type: { optional: true } },
 *   reply: { ret_code: {}, bank_name: { optional: true } },
 *   signTypes: ['RSA'], success: ['0000'], notListed: [],
 *   unsignedFields: [], foreignFields: [], assumed: {}, advice: {},
 * })
 * console.log(bankCardBin.id)
 */
export function defineApi<const A extends Api>(api: A): A {
  return api
}
