/** Gives numbers from 0 to 1, the same ones for the same seed. */
export type Random = () => number

/** A small seeded generator (mulberry32): a campaign must be repeatable, not secret. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

type Row<T> = T & { readonly weight: number }

/** A table to draw from: the higher a row's weight, the more often it comes. */
export type Rows<T> = readonly [Row<T>, ...Row<T>[]]

/** Draws a row of a table. */
export function draw<T>(rows: Rows<T>, random: Random): T {
  let left = random() * rows.reduce((sum, { weight }) => sum + weight, 0)
  for (const row of rows) {
    left -= row.weight
    if (left < 0) return row
  }
  return rows[0]
}

/**
 * How many cases a property test tries: as many as it needs in every check, and `LLPAY_FUZZ` times as
 * many in a long run (`npm run fuzz`).
 */
export function fuzzRuns(usual: number): { numRuns: number; maxSkipsPerRun: number } {
  return { numRuns: usual * Number(process.env['LLPAY_FUZZ'] ?? '1'), maxSkipsPerRun: 1000 }
}
