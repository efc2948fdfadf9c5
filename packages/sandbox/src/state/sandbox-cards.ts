import { ConfigError } from '@llpay/core'

/** A card that a customer has bound with a merchant. */
export interface SandboxCard {
  /** The merchant; default: the sandbox's first. */
  readonly oid_partner?: string
  /** The merchant's customer. */
  readonly user_id: string
  /** The agreement that binding the card made. */
  readonly no_agree: string
  /** The product that it was bound for (default: `2`). */
  readonly pay_type?: string
  /** Set where merchants share customers. */
  readonly platform?: string
  /** The last four digits of the card (default: those of `no_agree`). */
  readonly card_no?: string
  /** The bank that the list shows (default: `01020000`). */
  readonly bank_code?: string
  readonly bank_name?: string
  /** `2` for a debit card, `3` for a credit card (default: `2`). */
  readonly card_type?: string
}

/** A bound card whose merchant is known. */
export interface BoundSandboxCard extends SandboxCard {
  readonly oid_partner: string
}

type Key = string

const keyOf = ({ no_agree, pay_type = '2', platform = '' }: SandboxCard): Key =>
  JSON.stringify([no_agree, pay_type, platform])

/** A program without types may bind a card that no request can name. */
function checkCard(card: SandboxCard): void {
  for (const name of ['user_id', 'no_agree'] as const) {
    if (typeof card[name] === 'string' && card[name] !== '') continue
    throw new ConfigError('ERR_CONFIG_INVALID', `A card needs ${name}, as text that is not empty.`)
  }
}

/** The cards that are bound, by merchant and customer. */
export class SandboxCards {
  readonly #customers = new Map<Key, Map<Key, BoundSandboxCard>>()
  readonly #agreements = new Map<string, number>()
  readonly #oidPartner: string
  #version = 0
  #size = 0

  constructor(oidPartner: string) {
    this.#oidPartner = oidPartner
  }

  /** Rises with every change. */
  get version(): number {
    return this.#version
  }

  /** How many cards are bound. */
  get size(): number {
    return this.#size
  }

  /**
   * Binds a card, as if its customer had just finished the binding.
   *
   * @throws {ConfigError} `ERR_CONFIG_INVALID` without a customer and an agreement.
   */
  bind(card: SandboxCard): BoundSandboxCard {
    checkCard(card)
    const bound = { ...card, oid_partner: card.oid_partner ?? this.#oidPartner }
    this.unbind(bound)
    const customer = this.#customerOf(bound)
    const cards = this.#customers.get(customer) ?? new Map<Key, BoundSandboxCard>()
    this.#customers.set(customer, cards.set(keyOf(bound), bound))
    this.#agreements.set(bound.no_agree, (this.#agreements.get(bound.no_agree) ?? 0) + 1)
    this.#size += 1
    this.#version += 1
    return bound
  }

  /** Removes a card; returns whether it was bound. */
  unbind(card: SandboxCard): boolean {
    const customer = this.#customerOf(card)
    const cards = this.#customers.get(customer)
    if (cards === undefined || !cards.delete(keyOf(card))) return false
    if (cards.size === 0) this.#customers.delete(customer)
    const left = (this.#agreements.get(card.no_agree) ?? 1) - 1
    if (left === 0) this.#agreements.delete(card.no_agree)
    else this.#agreements.set(card.no_agree, left)
    this.#size -= 1
    this.#version += 1
    return true
  }

  /** Whether exactly this card is bound: customer, agreement, product and platform. */
  isBound(card: SandboxCard): boolean {
    return this.#customers.get(this.#customerOf(card))?.has(keyOf(card)) ?? false
  }

  /** Whether any customer's card has this agreement. */
  hasAgreement(no_agree: string): boolean {
    return this.#agreements.has(no_agree)
  }

  /** The cards of one customer, oldest first. */
  of(customer: { readonly oid_partner?: string; readonly user_id: string }): BoundSandboxCard[] {
    return [...(this.#customers.get(this.#customerOf(customer))?.values() ?? [])]
  }

  /** Every bound card, by customer. */
  list(): BoundSandboxCard[] {
    return [...this.#customers.values()].flatMap((cards) => [...cards.values()])
  }

  /** Unbinds every card and binds these. */
  replace(cards: readonly SandboxCard[]): void {
    this.#customers.clear()
    this.#agreements.clear()
    this.#size = 0
    this.#version += 1
    for (const card of cards) this.bind(card)
  }

  #customerOf({
    oid_partner = this.#oidPartner,
    user_id,
  }: {
    readonly oid_partner?: string
    readonly user_id: string
  }): Key {
    return JSON.stringify([oid_partner, user_id])
  }
}
