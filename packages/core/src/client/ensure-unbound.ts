import { ConfigError } from '../errors/config-error.ts'
import { loadPart } from '../errors/load-part.ts'
import type { CallOptions } from './call-options.ts'
import type { Caller } from './create-caller.ts'
import type { EnsureUnboundResult } from './settle/unbind-everywhere.ts'

/** The card to unbind for every product. */
export interface EnsureUnboundParams {
  /** The customer's id in your system, as the card was bound with. */
  readonly user_id: string
  /** The agreement number of the bound card. */
  readonly no_agree: string
  /** Only for merchants that share customers with other merchants. */
  readonly platform?: string | undefined
}

/** The options of `ensureUnbound`: those of a call, which is always settled as with `always`. */
export type EnsureUnboundOptions = Omit<CallOptions, 'settle'>

/**
 * Unbinds a card for every product it is bound for. It is safe to repeat: a card that is not bound is
 * not an error, but the outcome `not-bound`.
 *
 * The list of every product is queried first (see `payTypes`), and nothing is sent for a product whose
 * list does not show the card. All of it runs under the one deadline of the call.
 *
 * A wrong `user_id` or `platform` also ends as `not-bound`: LianLian's lists say the same about a card
 * that they do not know.
 *
 * @param caller a client, or a caller of `@llpay/edge/caller`.
 * @throws {UnknownOutcomeError} `ERR_OUTCOME_UNKNOWN` where nothing proves what became of the card;
 *   `payType` names the product. With `delivered: 'no'` nothing was sent.
 * @throws {RejectedError} `ERR_REJECTED` where LianLian refused to unbind the card, or to show a list.
 * @throws {SignatureError} {ProtocolError} {TransportError} where a list cannot be had or trusted:
 *   `delivered: 'no'` unless a request to unbind was sent before.
 * @throws {ParameterError} `ERR_PARAMETER_INVALID`.
 * @throws {ConfigError} `ERR_CONFIG_INVALID`, `ERR_CONFIG_UNKNOWN_OPTION`.
 * @example
 * import { ensureUnbound, type Caller } from '@llpay/core'
 * declare const caller: Caller
 * const result = await ensureUnbound(caller, { user_id: '1234567', no_agree: '2014031710002121' })
 * console.log(result.outcome, result.undecided)
 */
export async function ensureUnbound(
  caller: Caller,
  params: EnsureUnboundParams,
  options?: EnsureUnboundOptions,
): Promise<EnsureUnboundResult> {
  if (typeof options === 'object' && options !== null && Object.hasOwn(options, 'settle')) {
    throw new ConfigError('ERR_CONFIG_UNKNOWN_OPTION', {
      reason: 'call.ensure-settle',
      message: 'ensureUnbound has no option settle: it always queries the lists.',
      hint: 'Leave it out.',
    })
  }
  const { unbindEverywhere } = await loadPart(
    'A part',
    () => import('./settle/unbind-everywhere.ts'),
  )
  return caller.call(unbindEverywhere, params, options)
}
