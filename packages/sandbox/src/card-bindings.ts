import type { BoundCard } from './bound-cards.ts'

/** How long a token is good for, as LianLian documents it. */
const TOKEN_LIFE_MS = 30 * 60_000

/** The code that every SMS of the sandbox holds. */
export const SANDBOX_SMS_CODE = '123456'

/** A binding that a customer has applied for, and not yet verified. */
export interface CardBinding {
  readonly token: string
  readonly card: BoundCard
  /** When the token stops being good, in milliseconds since 1970. */
  readonly expiresAt: number
}

function makeToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The bindings that wait for the code of their SMS. */
export class CardBindings {
  readonly #byToken = new Map<string, CardBinding>()
  readonly #clock: () => number
  #count = 0

  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** Notes an application, "sends" the SMS, and gives the token that belongs to it. */
  apply(card: Omit<BoundCard, 'no_agree'>): CardBinding {
    const now = this.#clock()
    this.#count += 1
    const date = new Date(now).toISOString().slice(0, 10).replaceAll('-', '')
    const no_agree = `${date}${String(this.#count).padStart(8, '0')}`
    const binding = {
      token: makeToken(),
      card: { ...card, no_agree },
      expiresAt: now + TOKEN_LIFE_MS,
    }
    this.#byToken.set(binding.token, binding)
    return binding
  }

  /** Finds the application of a customer by its token, as long as the token is good. */
  find(token: string, user_id: string): CardBinding | undefined {
    const binding = this.#byToken.get(token)
    if (binding === undefined || binding.card.user_id !== user_id) return undefined
    return this.#clock() < binding.expiresAt ? binding : undefined
  }

  /** Forgets an application, once its card is bound. */
  finish(token: string): void {
    this.#byToken.delete(token)
  }

  /** Every application that is not finished, oldest first. */
  list(): CardBinding[] {
    return [...this.#byToken.values()]
  }
}
