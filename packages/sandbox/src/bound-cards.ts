/** A card that a customer has bound with a merchant. */
export interface BoundCard {
  readonly oid_partner: string
  readonly user_id: string
  readonly no_agree: string
  /** The product it was bound for; `2` unless told. */
  readonly pay_type?: string
  /** Set where merchants share customers. */
  readonly platform?: string
  /** The last four digits of the card. */
  readonly card_no?: string
}

const keyOf = ({ oid_partner, user_id, no_agree, pay_type = '2', platform = '' }: BoundCard) =>
  JSON.stringify([oid_partner, user_id, no_agree, pay_type, platform])

/** The cards that the sandbox knows as bound. */
export class BoundCards {
  readonly #cards = new Map<string, BoundCard>()

  /** Binds a card, as if its customer had just finished the binding. */
  bind(card: BoundCard): void {
    this.#cards.set(keyOf(card), card)
  }

  /** Removes a card; tells whether it was bound. */
  unbind(card: BoundCard): boolean {
    return this.#cards.delete(keyOf(card))
  }

  isBound(card: BoundCard): boolean {
    return this.#cards.has(keyOf(card))
  }

  /** Every bound card, oldest first. */
  list(): BoundCard[] {
    return [...this.#cards.values()]
  }
}
