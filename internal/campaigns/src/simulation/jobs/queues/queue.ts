import type { DeliveryOptions, UnbindJob, UnbindProcessor } from '@llpay/core/bulk'

import type { Actor, World } from '../../world.ts'
import type { Reports } from '../job-rules.ts'
import type { Plays } from '../stores.ts'

/** What a model of a queue is made with. */
export interface QueueParts {
  readonly world: World
  readonly reports: Reports
  /** How many jobs a worker takes at a time. */
  readonly concurrency: number
  /** What goes wrong with the queue of failed jobs. */
  readonly failedQueue: Plays
}

/** A worker as a queue sees it. */
export interface Consumer {
  readonly actor: Actor
  readonly processor: UnbindProcessor
  readonly options: DeliveryOptions
}

/** A model of a queue: it takes jobs, gives them to workers, and remembers what they came to. */
export interface Queue {
  add(job: UnbindJob): void
  start(consumer: Consumer): void
  /** Loses patience with the worker of a job, and gives it to another. */
  stall(no_agree: string): void
  /** The jobs that the queue dropped, or still has when nothing happens any more. */
  lost(): readonly string[]
}

/** Wakes those who wait for work. */
export class Bell {
  #waiting: (() => void)[] = []

  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
    })
  }

  ring(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }
}
