import type { Bench, Group } from '../measure/result.ts'
import { countRoundTrips, type RoundTrips } from '../round-trips/count-round-trips.ts'

const groupOf = (
  counts: readonly RoundTrips[],
  title: string,
  unit: string,
  valueOf: (each: RoundTrips) => number,
): Group => ({
  title,
  unit,
  rows: counts.map((each) => ({ name: each.name, role: 'peer', value: valueOf(each) })),
})

/** How many requests a call sends, and how often it waits for a reply. Counted, so always the same. */
export const benchRoundTrips: Bench = async function* () {
  const counts = await countRoundTrips()
  const together = counts.filter(({ requests, roundTrips }) => roundTrips < requests)
  yield groupOf(counts, 'a call and its outcome', 'requests', ({ requests }) => requests)
  yield groupOf(
    together,
    'calls that wait for several replies together',
    'round trips',
    ({ roundTrips }) => roundTrips,
  )
}
