import type { Clock } from '@llpay/core'

import type { BoundSandboxCard, SandboxCards } from './sandbox-cards.ts'

/** How long a token is valid, as LianLian documents it. */
const TOKEN_LIFE_MS = 30 * 60_000

/** The most applications that wait; the oldest is dropped first. */
const MAX_BINDINGS = 10_000

/** The code that every SMS of the sandbox holds. */
export const SANDBOX_SMS_CODE = '123456'

/** A binding that a customer has applied for and not verified yet. */
export interface CardBinding {
  readonly token: string
  readonly card: BoundSandboxCard
  /** When the token expires, in milliseconds since 1970. */
  readonly expiresAt: number
}

function makeToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The bindings that wait for the code of their SMS. */
export class CardBindings {
  readonly #byToken = new Map<string, CardBinding>()
  readonly #clock: Pick<Clock, 'now'>
  readonly #cards: Pick<SandboxCards, 'hasAgreement'>
  #count = 0

  constructor(clock: Pick<Clock, 'now'>, cards: Pick<SandboxCards, 'hasAgreement'>) {
    this.#clock = clock
    this.#cards = cards
  }

  /** Notes an application, "sends" the SMS, and gives the token that belongs to it. */
  apply(card: Omit<BoundSandboxCard, 'no_agree'>): CardBinding {
    const now = this.#clock.now()
    this.#dropExpired(now)
    const binding = {
      token: makeToken(),
      card: { ...card, no_agree: this.#newAgreement(now) },
      expiresAt: now + TOKEN_LIFE_MS,
    }
    this.#byToken.set(binding.token, binding)
    return binding
  }

  /** Finds a customer's application by its token, as long as the token is valid. */
  find(token: string, user_id: string): CardBinding | undefined {
    const binding = this.#byToken.get(token)
    if (binding === undefined || binding.card.user_id !== user_id) return undefined
    return this.#clock.now() < binding.expiresAt ? binding : undefined
  }

  /** Forgets an application once its card is bound. */
  finish(token: string): void {
    this.#byToken.delete(token)
  }

  /** Every application that waits for its code, oldest first. */
  list(): CardBinding[] {
    const now = this.#clock.now()
    return [...this.#byToken.values()].filter(({ expiresAt }) => now < expiresAt)
  }

  /** Forgets every application. */
  clear(): void {
    this.#byToken.clear()
  }

  /** A number that no card has yet; cards may be older than this run. */
  #newAgreement(now: number): string {
    const date = new Date(now).toISOString().slice(0, 10).replaceAll('-', '')
    let no_agree: string
    do {
      this.#count += 1
      no_agree = `${date}${String(this.#count).padStart(8, '0')}`
    } while (this.#cards.hasAgreement(no_agree))
    return no_agree
  }

  /** Oldest first: all are valid for the same time. */
  #dropExpired(now: number): void {
    for (const [token, { expiresAt }] of this.#byToken) {
      if (now < expiresAt && this.#byToken.size < MAX_BINDINGS) return
      this.#byToken.delete(token)
    }
  }
}
