import { defineApi } from '../api/define-api.ts'
import { validateParams } from '../api/validate-params.ts'
import { list as cardList } from '../apis/card/list.ts'
import { unbind } from '../apis/card/unbind.ts'
import type { CallContext } from '../client/call-context.ts'
import { exchange } from '../client/exchange.ts'
import { prepareRequest } from '../client/prepare-request.ts'
import { type ChangeResult, STEPS } from '../client/reply.ts'
import { isUntrusted, shownBy } from '../client/settle/list-status.ts'
import { Settlement } from '../client/settle/settle.ts'

/** How long a list may show that a card is bound: about as long as the cards of a customer take. */
const FRESH_MS = 2_000
/** How much of a call's remaining time the query of a shared list may take. */
const QUERY_SHARE = 0.25
/** How many customers are remembered, in case another of their cards follows. */
const MOST_CUSTOMERS = 1_000

/** The card that a call unbinds. */
interface CardToUnbind {
  readonly user_id: string
  readonly no_agree: string
  readonly pay_type?: string
  readonly platform?: string
}

/** A list that the cards of a customer share. It only ever shows that a card is bound. */
interface SharedList {
  readonly queriedAt: number
  readonly shown: Promise<ReadonlySet<unknown>>
  /** The cards that the list says nothing about: a request to unbind them may have been sent since. */
  readonly excluded: Set<string>
}

interface Customer {
  /** The card that was begun first: when it comes again, it has no other card before it. */
  readonly first: string
  readonly inFlight: Set<string>
  /** By platform and product. */
  readonly lists: Map<string, SharedList>
}

async function queryShown(card: CardToUnbind, context: CallContext): Promise<ReadonlySet<unknown>> {
  const { no_agree: _, ...params } = card
  const share = context.share(QUERY_SHARE)
  try {
    const request = await share.cover(prepareRequest(cardList, params, context.parts))
    return shownBy(await exchange(request, context, share, { sent: 0 }))
  } catch (error) {
    if (isUntrusted(error)) throw error
    return new Set()
  } finally {
    share.dispose()
  }
}

/**
 * Spares the cards of one customer a query each: what a list of all of them shows as bound needs no list
 * of its own before the request. A card that it does not show is queried as if there were no such list.
 */
export class CustomerLists {
  readonly #customers = new Map<string, Customer>()

  /** Unbinds a card as `settle: 'always'` does. */
  readonly unbind = defineApi({
    ...unbind,
    [STEPS]: (params: object, context: CallContext): Promise<ChangeResult<string, object>> =>
      this.#unbind(params, context),
  })

  /**
   * Notes a card before anything about it is sent. Lists that were queried before say nothing
   * about it from here on.
   *
   * @returns whether another card of the customer was begun first.
   */
  begin({ user_id, no_agree }: CardToUnbind): boolean {
    const known = this.#customers.get(user_id)
    const customer = known ?? { first: no_agree, inFlight: new Set(), lists: new Map() }
    if (known === undefined) this.#forgetOne()
    this.#customers.set(user_id, customer)
    customer.inFlight.add(no_agree)
    for (const { excluded } of customer.lists.values()) excluded.add(no_agree)
    return customer.first !== no_agree
  }

  /** Ends a card that was begun. */
  end({ user_id, no_agree }: CardToUnbind): void {
    this.#customers.get(user_id)?.inFlight.delete(no_agree)
  }

  #forgetOne(): void {
    if (this.#customers.size < MOST_CUSTOMERS) return
    for (const [user_id, { inFlight }] of this.#customers) {
      if (inFlight.size > 0) continue
      this.#customers.delete(user_id)
      return
    }
  }

  async #unbind(params: object, context: CallContext): Promise<ChangeResult<string, object>> {
    const { deadline, parts } = context
    const { user_id = '', no_agree = '', ...rest } = validateParams(unbind, params)
    const card = { user_id, no_agree, ...rest }
    const request = await deadline.cover(prepareRequest(unbind, card, parts))
    const isShown = await this.#isShown(card, context)
    if (isShown) {
      context.emit({ type: 'settlement', api: cardList.id, verdict: 'listed', stage: 'before' })
    }
    return new Settlement(request, cardList, context, 'always').run(isShown)
  }

  async #isShown(card: CardToUnbind, context: CallContext): Promise<boolean> {
    const { user_id, no_agree, pay_type = unbind.assumed.pay_type, platform } = card
    const key = JSON.stringify([platform, pay_type])
    const isFresh = ({ queriedAt }: SharedList) => context.clock.now() - queriedAt <= FRESH_MS
    const list = this.#customers.get(user_id)?.lists.get(key)
    const isExcluded = list?.excluded.has(no_agree) === true
    const isKnown = this.begin(card)
    if (list === undefined || !isFresh(list)) {
      return isKnown && (await this.#query(key, card, context)).has(no_agree)
    }
    if (isExcluded) return false
    const shown = await context.deadline.cover(list.shown.catch(() => new Set()))
    return isFresh(list) && shown.has(no_agree)
  }

  #query(key: string, card: CardToUnbind, context: CallContext): Promise<ReadonlySet<unknown>> {
    const customer = this.#customers.get(card.user_id)
    const queriedAt = context.clock.now()
    const shown = queryShown(card, context)
    customer?.lists.set(key, { queriedAt, shown, excluded: new Set(customer.inFlight) })
    return context.deadline.cover(shown)
  }
}
