import type { Scheduler } from 'fast-check'

import { seeded, type Random } from '../prng.ts'
import { Clock } from './clock.ts'

/** A line of a history. */
export interface HistoryLine {
  readonly at: number
  readonly who: string
  readonly what: string
}

/** Someone who takes steps, and may die between any two of them. */
export interface Actor {
  readonly name: string
  isAlive: boolean
  /** How many steps are left until it dies; it does not where this is missing. */
  stepsLeft?: number | undefined
  /** Told when it dies. */
  onDeath?: () => void
}

/** A history longer than this does not end. */
const MOST_STEPS = 20_000

const ready = Promise.resolve()
const never = () => new Promise<never>(() => undefined)

/** What a history did not end with: it went on and on. */
export class EndlessHistory extends Error {}

/** One machine room: everything in it runs in one thread, in the order that the scheduler picks. */
export class World {
  readonly clock: Clock
  readonly random: Random
  readonly history: HistoryLine[] = []
  readonly #scheduler: Scheduler

  constructor(scheduler: Scheduler, seed: number) {
    this.#scheduler = scheduler
    this.random = seeded(seed)
    this.clock = new Clock(scheduler, this.random)
  }

  /** The place of what happens next in the history. */
  get place(): number {
    return this.history.length
  }

  note(who: string, what: string): void {
    this.history.push({ at: this.clock.now, who, what })
  }

  /** Waits for a turn. The dead wait for ever, and so does who dies at this step. */
  async step(actor: Actor, label: string): Promise<void> {
    await this.turn(label)
    await this.touch(actor)
  }

  /** Waits for a turn of no one in particular: a wire, a queue. */
  async turn(label: string): Promise<void> {
    await this.#scheduler.schedule(ready, label)
    this.clock.pass()
  }

  /** Something reaches an actor, who may die of it. */
  async touch(actor: Actor): Promise<void> {
    if (!actor.isAlive) return never()
    if (actor.stepsLeft === undefined) return
    actor.stepsLeft -= 1
    if (actor.stepsLeft > 0) return
    this.kill(actor, 'dies')
    return never()
  }

  kill(actor: Actor, how: string): void {
    if (!actor.isAlive) return
    actor.isAlive = false
    this.note(actor.name, how)
    actor.onDeath?.()
  }

  /** Runs until nothing is left to happen. */
  async run(): Promise<void> {
    for (let steps = 0; this.#scheduler.count() > 0; steps += 1) {
      if (steps > MOST_STEPS) throw new EndlessHistory('The history does not end.')
      await this.#scheduler.waitOne()
    }
  }
}
