import type { SentMarks } from '@llpay/core/bulk'

import type { Actor, World } from '../world.ts'
import type { StorePlay } from './jobs-plan.ts'

/** How long a store hangs before its connection gives up. */
const HANG_MS = 600_000

/** Plays what is planned for one access after another; nothing when the plan is at its end. */
export class Plays {
  readonly #world: World
  readonly #plays: readonly StorePlay[]
  #next = 0

  constructor(world: World, plays: readonly StorePlay[]) {
    this.#world = world
    this.#plays = plays
  }

  /** Lets an actor access something: the effect happens, or not, and the actor hears of it, or not. */
  async access<T>(actor: Actor, what: string, effect: () => T): Promise<T> {
    const play = this.#plays[this.#next] ?? 'fine'
    this.#next += 1
    await this.#world.step(actor, what)
    if (play === 'fine') {
      const result = effect()
      this.#world.note(
        actor.name,
        typeof result === 'boolean' || typeof result === 'number' ? `${what}: ${result}` : what,
      )
      await this.#world.step(actor, `${what} returns`)
      return result
    }
    if (play.endsWith('after')) effect()
    this.#world.note(actor.name, `${what}, which ${play}`)
    if (play.startsWith('hangs')) await this.#world.clock.sleep(HANG_MS)
    await this.#world.step(actor, `${what} returns`)
    throw new Error(`${what}: ${play}`)
  }
}

/** The marks of all workers, which survive every death. */
export class MarksStore {
  readonly #sends = new Map<string, number>()
  readonly #outcomes = new Map<string, string>()
  readonly #read: Plays
  readonly #write: Plays

  constructor(
    world: World,
    plays: { readonly read: readonly StorePlay[]; readonly write: readonly StorePlay[] },
  ) {
    this.#read = new Plays(world, plays.read)
    this.#write = new Plays(world, plays.write)
  }

  isSent(jobId: string): boolean {
    return this.#sends.has(jobId)
  }

  /** The marks as a worker sees them. */
  of(actor: Actor): SentMarks {
    return {
      has: (jobId) => this.#read.access(actor, `reads mark ${jobId}`, () => this.isSent(jobId)),
      add: (jobId) =>
        this.#write.access(actor, `writes mark ${jobId}`, () => {
          if (this.#outcomes.has(jobId)) return false
          const sends = (this.#sends.get(jobId) ?? 0) + 1
          this.#sends.set(jobId, sends)
          return sends
        }),
      outcomeOf: (jobId) =>
        this.#read.access(actor, `reads outcome ${jobId}`, () => this.#outcomes.get(jobId)),
      keepOutcome: (jobId, outcome, sends) =>
        this.#write.access(actor, `keeps outcome ${jobId}`, () => {
          const isAllowed = sends === undefined || sends === (this.#sends.get(jobId) ?? 0)
          if (isAllowed && !this.#outcomes.has(jobId)) this.#outcomes.set(jobId, outcome)
          return this.#outcomes.get(jobId)
        }),
    }
  }
}
