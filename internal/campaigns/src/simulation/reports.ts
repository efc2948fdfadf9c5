import type { Verdict } from '@llpay/core/bulk'

import type { Actor, World } from './world.ts'

/** A final outcome, as somebody outside heard it. */
export interface Report {
  /** Its place in the history. */
  readonly place: number
  readonly worker: string
  readonly no_agree: string
  readonly outcome: Exclude<Verdict['outcome'], 'retry'>
  /** Who heard it: a hook of the merchant's, or the queue for its record. */
  readonly by: 'hook' | 'queue'
}

/** All that was reported in a history, and when each job was first begun. */
export class Reports {
  readonly all: Report[] = []
  readonly #world: World
  readonly #begun = new Map<string, number>()

  constructor(world: World) {
    this.#world = world
  }

  begin(worker: Actor, no_agree: string): void {
    if (!this.#begun.has(no_agree)) this.#begun.set(no_agree, this.#world.place)
    this.#world.note(worker.name, `begins job ${no_agree}`)
  }

  /** Where in the history a job was first begun. */
  begunAt(no_agree: string): number {
    return this.#begun.get(no_agree) ?? 0
  }

  hear(worker: Actor, no_agree: string, verdict: Verdict, by: Report['by']): void {
    const { outcome } = verdict
    if (outcome === 'retry') return
    this.all.push({ place: this.#world.place, worker: worker.name, no_agree, outcome, by })
    this.#world.note(worker.name, `REPORTS ${no_agree} ${outcome} to the ${by}`)
  }
}
