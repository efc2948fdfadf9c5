import type { JobOutcome } from '@llpay/core/bulk'

import type { Actor, World } from '../world.ts'

/** A final outcome, as somebody outside heard it. */
export interface Report {
  /** Its place in the history. */
  readonly place: number
  readonly worker: string
  readonly no_agree: string
  readonly outcome: Exclude<JobOutcome['outcome'], 'retry'>
  /** The code of the error that is why. */
  readonly code: string | undefined
  /** The products that it says nothing is known about. */
  readonly undecided: readonly string[]
  /** Who heard it: a hook of the merchant's, the queue for its record, or a file of results. */
  readonly by: 'hook' | 'queue' | 'results'
}

interface Delivery {
  readonly worker: Actor
  readonly no_agree: string
  /** Where in the history it began. */
  readonly place: number
}

/** All that was reported in a history, and when each job was first begun. */
export class Reports {
  readonly all: Report[] = []
  readonly #world: World
  readonly #begun = new Map<string, number>()
  /** The deliveries in flight, oldest first. */
  #underWay: Delivery[] = []

  constructor(world: World) {
    this.#world = world
  }

  /** A worker begins a job; call what this gives when it has concluded. */
  begin(worker: Actor, no_agree: string): () => void {
    const delivery = { worker, no_agree, place: this.#world.place }
    if (!this.#begun.has(no_agree)) this.#begun.set(no_agree, delivery.place)
    this.#world.note(worker.name, `begins job ${no_agree}`)
    this.#underWay.push(delivery)
    return () => {
      this.#underWay = this.#underWay.filter((each) => each !== delivery)
    }
  }

  /** Whether a worker works on a job that had a final outcome when it began, and on no older delivery of it. */
  isDecided(worker: Actor, no_agree: string): boolean {
    const first = this.all.find((report) => report.no_agree === no_agree)
    const own = this.#underWay.find((each) => each.worker === worker && each.no_agree === no_agree)
    return first !== undefined && own !== undefined && first.place < own.place
  }

  /** Where in the history a job was first begun. */
  begunAt(no_agree: string): number {
    return this.#begun.get(no_agree) ?? 0
  }

  hear(worker: Actor, no_agree: string, verdict: JobOutcome, by: Report['by']): void {
    const { outcome } = verdict
    if (outcome === 'retry') return
    const code = 'code' in verdict ? verdict.code : undefined
    const undecided = 'undecided' in verdict ? verdict.undecided : []
    const { place } = this.#world
    this.all.push({ place, worker: worker.name, no_agree, outcome, code, undecided, by })
    const why = code === undefined ? '' : ` (${code})`
    this.#world.note(worker.name, `REPORTS ${no_agree} ${outcome}${why} to the ${by}`)
  }
}
