import type { Sandbox } from '@llpay/sandbox'

import type { Answered, Asked, CardPlan, CardTruth } from './protocol.ts'

/** What came in for a card, and what was replied. */
export class CardEntry {
  readonly plan: CardPlan
  readonly arrived: Record<Asked, number> = { change: 0, list: 0, elsewhere: 0 }
  readonly answers: Answered[] = []

  constructor(plan: CardPlan) {
    this.plan = plan
  }

  /** Whether a request came in that tells of its beginning. */
  get hasBegun(): boolean {
    return this.arrived.list + this.arrived.change > 0
  }

  /** Notes a request, and tells what to play for it. */
  arrive(asked: Asked): string {
    const scenario = this.plan.plays[asked][this.arrived[asked]] ?? 'usual'
    this.arrived[asked] += 1
    return scenario
  }
}

/** The gateway's book of a campaign. */
export class CardLedger {
  readonly #sandbox: Sandbox
  readonly #entries = new Map<string, CardEntry>()
  /** How often each agreement was unbound. */
  readonly #unbound = new Map<string, number>()
  readonly #waiting: (() => void)[] = []
  #limit = Infinity

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox
    this.#count(sandbox)
  }

  /** Counts what is carried out where it is: the journal forgets, and holds what was only replied. */
  #count({ state: { cards } }: Sandbox): void {
    const bind = cards.bind.bind(cards)
    const unbind = cards.unbind.bind(cards)
    let isBinding = false
    cards.bind = (card) => {
      isBinding = true
      try {
        return bind(card)
      } finally {
        isBinding = false
      }
    }
    cards.unbind = (card) => {
      const isDone = unbind(card)
      const { no_agree } = card
      if (isDone && !isBinding) this.#unbound.set(no_agree, (this.#unbound.get(no_agree) ?? 0) + 1)
      return isDone
    }
  }

  open(plans: readonly CardPlan[]): void {
    for (const plan of plans) {
      this.#entries.set(plan.card.no_agree, new CardEntry(plan))
      if (plan.bound) this.#sandbox.state.cards.bind(plan.card)
    }
  }

  find(no_agree: string): CardEntry | undefined {
    return this.#entries.get(no_agree)
  }

  /** For how many cards a request came in. */
  begun(): number {
    let begun = 0
    for (const { hasBegun } of this.#entries.values()) if (hasBegun) begun += 1
    return begun
  }

  /** Lets this many cards begin, until it is called again. */
  limit(cards: number): void {
    this.#limit = cards
    for (const look of this.#waiting.splice(0)) look()
  }

  /** Whether a card must not begin yet. */
  isHeld({ hasBegun }: CardEntry): boolean {
    return !hasBegun && this.#limit !== Infinity && this.begun() >= this.#limit
  }

  /** Waits until a card may begin. */
  async admit(entry: CardEntry): Promise<void> {
    while (this.isHeld(entry)) {
      await new Promise<void>((look) => {
        this.#waiting.push(look)
      })
    }
  }

  /** What is true of every card, by the number of its agreement. */
  truth(): Record<string, CardTruth> {
    const { state } = this.#sandbox
    const bound = new Set(state.cards.list().map(({ no_agree }) => no_agree))
    return Object.fromEntries(
      Array.from(this.#entries, ([no_agree, { arrived, answers }]) => [
        no_agree,
        { bound: bound.has(no_agree), unbound: this.#unbound.get(no_agree) ?? 0, arrived, answers },
      ]),
    )
  }
}
