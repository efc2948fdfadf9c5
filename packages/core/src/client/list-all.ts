import { loadPart } from '../errors/load-part.ts'
import type { CallOptions } from './call-options.ts'
import type { Caller } from './create-caller.ts'
import type { AllCards } from './list-every-product.ts'

/** The customer whose cards are listed. */
export interface ListAllParams {
  /** The customer's id in your system, as the cards were bound with. */
  readonly user_id: string
  /** Only for merchants that share customers with other merchants. */
  readonly platform?: string | undefined
}

/**
 * Lists the bound cards of a customer: all products (see `payTypes`), all pages. A customer without
 * cards has an empty list. `undecided` names the products whose lists the merchant does not have. All of
 * it runs under the one deadline of the call.
 *
 * The rows are not signed: they rest on TLS alone.
 *
 * @param caller a client, or a caller of `@llpay/edge/caller`.
 * @throws {LLPayError} what a call of `card.list` throws, if the list of any product is unreachable or not
 *   trusted: a part of the cards is never returned as all of them.
 * @example
 * import { listAll, type Caller } from '@llpay/core'
 * declare const caller: Caller
 * const { cards, undecided } = await listAll(caller, { user_id: '1234567' })
 * console.log(cards.map(({ pay_type }) => pay_type), undecided)
 */
export async function listAll(
  caller: Caller,
  params: ListAllParams,
  options?: CallOptions,
): Promise<AllCards> {
  const { everyProduct } = await loadPart('A part', () => import('./list-every-product.ts'))
  return caller.call(everyProduct, params, options)
}
