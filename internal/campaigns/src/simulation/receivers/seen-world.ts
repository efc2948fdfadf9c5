import type { SeenStore } from '@llpay/core/notifications'
import * as fc from 'fast-check'

import { storePlays, type StorePlay } from '../jobs/jobs-plan.ts'
import { Plays } from '../jobs/stores.ts'
import { afterMs, few, nth, type Timed } from '../plan.ts'
import type { Actor, World } from '../world.ts'

/** A notification that LianLian sends, or somebody else. */
export interface NoticePlan {
  readonly isForged: boolean
  /** Its copies: when each is sent for the first time, and to which receiver. */
  readonly copies: readonly (Timed & { readonly receiver: number })[]
}

/** A history of receivers, before it happens. */
export interface ReceiversPlan {
  readonly notices: readonly NoticePlan[]
  readonly receivers: number
  /** How long a claim holds: what ends before LianLian's deadline may be acknowledged too late. */
  readonly leaseMs: number
  /** What happens to receivers: to each of the next one to be started, after a number of steps of it. */
  readonly fates: readonly {
    readonly receiver: number
    readonly afterSteps: number
    readonly what: 'dies' | 'sleeps'
  }[]
  /** What is wrong with each access to the store of what was seen. */
  readonly seen: readonly StorePlay[]
  /** What is wrong with each call of `onNotification`. */
  readonly hooks: readonly StorePlay[]
  readonly seed: number
}

/** Any history of receivers that share a store. */
export const anyReceivers: fc.Arbitrary<ReceiversPlan> = fc.record({
  notices: fc.array(
    fc.record({
      isForged: fc.nat(9).map((number) => number === 0),
      copies: fc.array(fc.record({ afterMs, receiver: nth }), { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  receivers: fc.integer({ min: 1, max: 2 }),
  leaseMs: fc.constantFrom(50, 1_000, 110_000),
  fates: few(
    fc.record({
      receiver: nth,
      afterSteps: fc.integer({ min: 1, max: 20 }),
      what: fc.constantFrom('dies', 'dies', 'sleeps'),
    }),
  ),
  seen: storePlays,
  hooks: storePlays,
  seed: fc.nat(),
})

/** What is known of one key. */
export interface KeyFacts {
  token: string
  until: number
  isDone: boolean
  /** How often it was stored. */
  stored: number
  /** How often a lease had ended when it was claimed, or a delivery stored it and failed then. */
  excuses: number
}

/** The store that all receivers share, and what only the history knows of it. */
export class SeenWorld {
  readonly #world: World
  readonly #seen: Plays
  readonly #hooks: Plays
  readonly #facts = new Map<string, KeyFacts>()
  #tokens = 0

  constructor(world: World, plan: ReceiversPlan) {
    this.#world = world
    this.#seen = new Plays(world, plan.seen)
    this.#hooks = new Plays(world, plan.hooks)
  }

  facts(key: string): KeyFacts {
    const known = this.#facts.get(key)
    if (known !== undefined) return known
    const fresh = { token: '', until: -Infinity, isDone: false, stored: 0, excuses: 0 }
    this.#facts.set(key, fresh)
    return fresh
  }

  /** The store as a receiver sees it. */
  of(actor: Actor): SeenStore {
    const access = <T>(what: string, effect: () => T) => this.#seen.access(actor, what, effect)
    const isMine = (key: string, token: string) => {
      const facts = this.facts(key)
      return !facts.isDone && facts.token === token
    }
    return {
      claim: (key, leaseMs) =>
        access(`claims ${key}`, () => {
          const facts = this.facts(key)
          if (facts.isDone) return { status: 'done' }
          if (facts.token !== '' && facts.until > this.#world.clock.now) return { status: 'busy' }
          if (facts.token !== '') facts.excuses += 1
          this.#tokens += 1
          facts.token = `token${this.#tokens}`
          facts.until = this.#world.clock.now + leaseMs
          return { status: 'new', token: facts.token }
        }),
      done: (key, token) =>
        access(`finishes ${key}`, () => {
          if (!isMine(key, token)) return false
          this.facts(key).isDone = true
          return true
        }),
      release: (key, token) =>
        access(`releases ${key}`, () => {
          if (isMine(key, token)) this.facts(key).token = ''
        }),
    }
  }

  /** Stores a notification, as `onNotification` does. */
  async store(actor: Actor, key: string): Promise<void> {
    const facts = this.facts(key)
    let isStored = false
    try {
      await this.#hooks.access(actor, `stores ${key}`, () => {
        facts.stored += 1
        isStored = true
      })
    } catch (error) {
      if (isStored) facts.excuses += 1
      throw error
    }
  }
}
