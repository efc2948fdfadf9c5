import * as fc from 'fast-check'

import type { World } from './world.ts'

/** A rule that a history broke, and how. */
export interface Breach {
  readonly rule: string
  readonly problem: string
}

/** A history that broke a rule. */
export class BrokenHistory extends Error {
  readonly breaches: readonly Breach[]
  readonly history: string

  constructor(breaches: readonly Breach[], world: World) {
    super(breaches.map(({ rule, problem }) => `${rule}: ${problem}`).join('\n'))
    this.breaches = breaches
    this.history = printHistory(world)
  }
}

/** Something whose histories are simulated. */
export interface Subject {
  readonly name: string
  /** A property of fast-check: no history breaks a rule whose name is wanted. */
  readonly property: (
    isWanted: (rule: string) => boolean,
  ) => fc.IAsyncProperty<[fc.Scheduler, unknown]>
}

/** How a history ended. */
export interface Ended {
  readonly world: World
  readonly breaches: readonly Breach[]
}

/** A failing plan is not made smaller for ever. */
const MOST_SHRINKS = 600

/** The platform's, which no history replaces. */
const afterMicrotasks = setImmediate

/** Lets all that a task has caused happen before the next one is picked. */
async function act(task: () => Promise<unknown>): Promise<void> {
  await task()
  await new Promise<void>((resolve) => {
    afterMicrotasks(resolve)
  })
}

/** Makes a subject of plans, and of what lives through them. */
export function subject<P>(
  name: string,
  plans: fc.Arbitrary<P>,
  live: (scheduler: fc.Scheduler, plan: P) => Promise<Ended>,
): Subject {
  return {
    name,
    property: (isWanted) =>
      fc.asyncProperty(
        fc.scheduler({ act }),
        fc.limitShrink(plans, MOST_SHRINKS),
        async (scheduler, plan) => {
          const { world, breaches } = await live(scheduler, plan)
          const wanted = breaches.filter(({ rule }) => isWanted(rule))
          if (wanted.length > 0) throw new BrokenHistory(wanted, world)
        },
      ),
  }
}

const TIME_WIDTH = 12
const WHO_WIDTH = 12

/** Writes a history as text: when, who, what. */
function printHistory({ history }: World): string {
  return history
    .map(({ at, who, what }) => {
      const seconds = `${(at / 1_000).toFixed(3)} s`
      return `${seconds.padStart(TIME_WIDTH)}  ${who.padEnd(WHO_WIDTH)}  ${what}`
    })
    .join('\n')
}
