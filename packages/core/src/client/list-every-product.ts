import { defineApi } from '../api/define-api.ts'
import { PAY_TYPES, platform, userId } from '../api/fields.ts'
import { validateParams } from '../api/validate-params.ts'
import { list } from '../apis/card/list.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { withoutPrototype } from '../json/json-value.ts'
import type { CallContext } from './call-context.ts'
import { exchange } from './exchange.ts'
import { type ListedCard, walkPages } from './list-cards.ts'
import { prepareRequest } from './prepare-request.ts'
import { STEPS } from './reply.ts'
import { isUntrusted, lacksProduct } from './settle/list-status.ts'
import { threeAtATime } from './settle/query-list.ts'

/** The bound cards of a customer, for all products. */
export interface AllCards {
  /** A card that is bound for several products is listed once for each. No signature covers the rows. */
  readonly cards: readonly (ListedCard & {
    /** The product whose list shows the card. */
    readonly pay_type: string
  })[]
  /** The products that the merchant, or the list, does not have: their cards, if any, are not here. */
  readonly undecided: readonly string[]
}

/** The cards of one product, or why there is no list of it. */
type Listed =
  | { readonly payType: string; readonly cards: readonly ListedCard[] }
  | { readonly payType: string; readonly error: unknown; readonly isUndecided: boolean }

function contradiction(): ProtocolError {
  return new ProtocolError('ERR_REPLY_INVALID', {
    reason: 'list.contradiction',
    message:
      'The signed count of the list contradicts its rows, so it shows nothing about the cards.',
    hint: 'Call again; if it happens again, ask LianLian.',
  })
}

async function readCards(
  params: Readonly<Record<string, string>>,
  pay_type: string,
  context: CallContext,
): Promise<readonly ListedCard[]> {
  const { deadline, parts } = context
  const { user_id = '', ...rest } = params
  const read = async (offset: string) => {
    const query = { user_id, ...rest, pay_type, offset }
    const request = await deadline.cover(prepareRequest(list, query, parts))
    const reply = await exchange(request, context, deadline, { sent: 0 })
    const { count, agreement_list: rows = [] } = reply.fields
    // What `count` counts after the first page is not documented.
    if (offset === '0' && (count === '0') !== (rows.length === 0)) throw contradiction()
    return reply
  }
  const cards: ListedCard[] = []
  for await (const page of walkPages(read, {})) cards.push(...page.cards)
  return cards
}

async function listAllProducts(params: object, context: CallContext): Promise<AllCards> {
  const members = validateParams(everyProduct, params)
  const { payTypes } = context
  const listOf = async (payType: string): Promise<Listed> => {
    try {
      return { payType, cards: await readCards(members, payType, context) }
    } catch (error) {
      if (isUntrusted(error)) throw error
      return { payType, error, isUndecided: lacksProduct(error, payTypes !== undefined) }
    }
  }
  const lists = await threeAtATime(payTypes ?? PAY_TYPES, listOf)
  const failed = lists.flatMap((each) => ('error' in each ? [each] : []))
  const failure = failed.find(({ isUndecided }) => !isUndecided)
  if (failure !== undefined) throw failure.error
  // "No cards" needs at least one list that says so.
  if (failed.length === lists.length) throw failed[0]?.error
  const cards = lists.flatMap((each) =>
    'cards' in each
      ? each.cards.map((card) => withoutPrototype({ ...card, pay_type: each.payType }))
      : [],
  )
  return withoutPrototype({ cards, undecided: failed.map(({ payType }) => payType) })
}

/** Lists the bound cards of a customer for every product. */
export const everyProduct = /* @__PURE__ */ defineApi({
  ...list,
  params: { user_id: userId, platform: { ...platform, optional: true } },
  [STEPS]: listAllProducts,
})
