import { seeded, type Random } from '@internal/testkit/random'
import type { Scheduler } from 'fast-check'

import { Clock } from './clock.ts'

/** A line of a history. */
export interface HistoryLine {
  readonly at: number
  readonly who: string
  readonly what: string
}

/** What happens to someone after a number of steps. */
export interface Fate {
  readonly afterSteps: number
  /** `sleeps` is a process that is suspended, and wakes. */
  readonly what: 'dies' | 'sleeps' | 'is interrupted' | 'loses power'
}

/** Someone who takes steps; anything may happen between any two of them. */
export interface Actor {
  readonly name: string
  isAlive: boolean
  steps: number
  /** What is still to happen, the first first. */
  fates: readonly Fate[]
  /** Suspended until then. */
  sleepsUntil: number
  /** Called when something happens. */
  onFate?: (fate: Fate['what']) => void
  /** Called when it dies. */
  onDeath?: () => void
}

/** Someone new. */
export const newActor = (name: string, fates: readonly Fate[] = []): Actor => ({
  name,
  isAlive: true,
  steps: 0,
  fates: fates.toSorted((a, b) => a.afterSteps - b.afterSteps),
  sleepsUntil: 0,
})

/** Ends whatever the dead still do between two steps. */
class Dead extends Error {}

/** A history longer than this does not end. */
const MOST_STEPS = 20_000
const SLEEP_MS = 200_000

const ready = Promise.resolve()
const never = () => new Promise<never>(() => undefined)

type SleepOnClock = (ms: number, signal?: AbortSignal) => Promise<void>

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

  /** Something reaches an actor, to whom anything may happen then. */
  async touch(actor: Actor): Promise<void> {
    this.#countStep(actor)
    while (actor.isAlive && actor.sleepsUntil > this.clock.now) {
      await this.clock.sleep(actor.sleepsUntil - this.clock.now)
    }
    if (!actor.isAlive) await never()
  }

  /**
   * A step that cannot be waited for.
   *
   * @throws {Dead} where the actor is, or dies of it.
   */
  touchAtOnce(actor: Actor): void {
    this.#countStep(actor)
    if (!actor.isAlive) throw new Dead('dead')
  }

  #countStep(actor: Actor): void {
    if (!actor.isAlive) return
    actor.steps += 1
    const [fate, ...rest] = actor.fates
    if (fate === undefined || fate.afterSteps > actor.steps) return
    actor.fates = rest
    if (fate.what === 'dies') {
      this.kill(actor, 'dies')
      return
    }
    this.note(actor.name, fate.what)
    if (fate.what === 'sleeps') actor.sleepsUntil = this.clock.now + SLEEP_MS
    actor.onFate?.(fate.what)
  }

  kill(actor: Actor, how: string): void {
    if (!actor.isAlive) return
    actor.isAlive = false
    this.note(actor.name, how)
    actor.onDeath?.()
  }

  /** The clock as an actor sees it. */
  clockOf(actor: Actor): { now: () => number; sleep: SleepOnClock } {
    return {
      now: () => this.clock.now,
      sleep: async (ms, signal) => {
        await this.clock.sleep(ms, signal)
        await this.touch(actor)
      },
    }
  }

  /** Sets the wall clock forward, or back. */
  stepWall(ms: number): void {
    this.note('wall clock', `steps by ${ms} ms`)
    this.clock.stepWall(ms)
  }

  /** Runs until nothing is left to happen; tells whether that never comes. */
  async isEndless(): Promise<boolean> {
    for (let steps = 0; this.#scheduler.count() > 0; steps += 1) {
      if (steps > MOST_STEPS) return true
      await this.#scheduler.waitOne()
    }
    return false
  }
}
