import type { Sandbox } from '@llpay/sandbox'

import type { Answered, Asked, CardPlan, CardTruth } from './protocol.ts'

/** What came in for a card, and what was answered. */
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
  readonly #waiting: (() => void)[] = []
  #limit = Infinity

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox
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

  /** Lets so many cards begin, until it is told otherwise. */
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
    const { state, requests } = this.#sandbox
    const bound = new Set(state.cards.list().map(({ no_agree }) => no_agree))
    const unbound = new Map<string, number>()
    for (const { api, ret_code, members } of requests) {
      const { no_agree = '' } = members
      if (api === 'card.unbind' && ret_code === '0000') {
        unbound.set(no_agree, (unbound.get(no_agree) ?? 0) + 1)
      }
    }
    return Object.fromEntries(
      Array.from(this.#entries, ([no_agree, { arrived, answers }]) => [
        no_agree,
        { bound: bound.has(no_agree), unbound: unbound.get(no_agree) ?? 0, arrived, answers },
      ]),
    )
  }
}
