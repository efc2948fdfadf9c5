import type { ParamsSchema, Received, ReplySchema, Sent } from './schema.ts'

/** The hosts of LianLian's classic API. */
export const HOSTS = {
  traderapi: 'https://traderapi.lianlianpay.com',
  queryapi: 'https://queryapi.lianlianpay.com',
} as const

/** The name of a host. */
export type HostName = keyof typeof HOSTS

const REAL_DOMAINS = ['lianlianpay.com', 'lianlianpay-inc.com', 'yintong.com.cn']

/** Whether a host name is LianLian's, where real cards are unbound. */
export function isLianLianHost(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '')
  return REAL_DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`))
}

/** What most endpoints have in common; a definition leaves it out, unless it differs. */
export interface ApiDefaults {
  /** The `sign_type` values that the endpoint accepts (default: `RSA`). */
  readonly signTypes: readonly string[]
  /** The return codes that mean success (default: `0000`). */
  readonly success: readonly string[]
  /** The return codes that mean "no such agreement", perhaps because of an earlier request (default: none). */
  readonly notListed: readonly string[]
  /** The members of the reply that its signature does not cover (default: none). */
  readonly unsignedFields: readonly string[]
  /**
   * The members that only other endpoints send (default: none). A signed reply that has one of them was
   * signed for another endpoint, and is refused.
   */
  readonly foreignFields: readonly string[]
  /** What LianLian assumes for a parameter that is left out (default: nothing). */
  readonly assumed: Readonly<Record<string, string>>
  /** What to check after a return code, beyond the general advice (default: nothing). */
  readonly advice: Readonly<Record<string, string>>
}

/** An endpoint of LianLian's API, as data. */
export interface Api extends ApiDefaults {
  /** The one name of the endpoint: its file, client method and command are derived from it. */
  readonly id: `${string}.${string}`
  /** What it does, in one line. */
  readonly summary: string
  /** The host it is served by. */
  readonly host: HostName
  /** The path of its URL. */
  readonly path: `/${string}`
  /** Whether a call changes something at LianLian, so that it must not be resent blindly. */
  readonly effect: 'change' | 'read'
  /** The parameters it takes, by name. */
  readonly params: ParamsSchema
  /** The members of a success reply, by name. */
  readonly reply: ReplySchema
  /** The members of a signed reply that must be JSON text, because they decide something. */
  readonly signedText?: readonly string[]
  /** For a change: the endpoint that lists what it changes, and so shows whether it happened. */
  readonly settledBy?: 'card.list'
  /** For a change: the outcome that its success proves, such as `unbound`. */
  readonly outcome?: string
  /** For a change: what may be true although no reply proves it. */
  readonly doubt?: string
  /** For a change: what to do then, if not to query the list of bound cards. */
  readonly recourse?: string
}

/** A definition: an `Api` that may leave out what most endpoints have in common. */
export type ApiDefinition = Omit<Api, keyof ApiDefaults> & Partial<ApiDefaults>

/** The parameters that a call of an endpoint takes. */
export type ParamsOf<A extends Api> = Sent<A['params']>

/** The members of a success reply of an endpoint. */
export type FieldsOf<A extends Api> = Received<A['reply']>

const DEFAULTS: ApiDefaults = {
  signTypes: ['RSA'],
  success: ['0000'],
  notListed: [],
  unsignedFields: [],
  foreignFields: [],
  assumed: {},
  advice: {},
}

/**
 * Defines an endpoint. The catalogue's own are in `@llpay/core/apis/card`; define one to call an
 * endpoint that the catalogue lacks with `client.call`. Parameters and reply complete in an editor.
 *
 * @example
 * import { defineApi } from '@llpay/core'
 * const bankCardBin = defineApi({
 *   id: 'card.query-bin',
 *   summary: "Look up a card's bank and type (BIN)",
 *   host: 'queryapi',
 *   path: '/bankcardbin.htm',
 *   effect: 'read',
 *   params: { card_no: { pattern: /^[0-9]{12,19}$/ }, pay_type: { optional: true } },
 *   reply: { ret_code: {}, bank_name: { optional: true } },
 * })
 * console.log(bankCardBin.id)
 */
export function defineApi<const A extends ApiDefinition>(api: A): ApiDefaults & A {
  return { ...DEFAULTS, ...api }
}

/**
 * Whether a success reply names its request: it repeats every parameter as a signed, mandatory member.
 * None of the catalogue's endpoints does; a list repeats `user_id`, but not the `pay_type` that it lists.
 */
export function namesRequest({ params, reply, unsignedFields }: Api): boolean {
  const isEchoed = (name: string) =>
    Object.hasOwn(reply, name) && reply[name]?.optional !== true && !unsignedFields.includes(name)
  const names = Object.keys(params)
  return names.length > 0 && names.every(isEchoed)
}
