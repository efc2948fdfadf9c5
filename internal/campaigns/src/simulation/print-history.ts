import type { World } from './world.ts'

const TIME_WIDTH = 12
const WHO_WIDTH = 12

/** Writes a history as text: when, who, what. */
export function printHistory({ history }: World): string {
  return history
    .map(({ at, who, what }) => {
      const seconds = `${(at / 1_000).toFixed(3)} s`
      return `${seconds.padStart(TIME_WIDTH)}  ${who.padEnd(WHO_WIDTH)}  ${what}`
    })
    .join('\n')
}
