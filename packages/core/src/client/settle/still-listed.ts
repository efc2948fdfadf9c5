import { sleepUntil, type Clock } from '../clock.ts'
import type { Verdict } from './verdict.ts'

/** The pauses between the questions after a success: a list may lag behind. */
const PAUSES_MS = [0, 1_000, 2_000, 4_000]

/**
 * Asks until the agreement is no longer listed. A list that is out of reach proves nothing against a
 * signed success; one that keeps listing the agreement does.
 */
export async function stillListed(
  ask: () => Promise<Verdict>,
  signal: AbortSignal,
  clock: Clock,
): Promise<boolean> {
  let listed = false
  for (const pause of PAUSES_MS) {
    if (pause > 0) await sleepUntil(clock, pause, signal)
    if (signal.aborted) break
    const { seen } = await ask()
    if (seen === 'not-listed') return false
    if (seen === 'listed') listed = true
    if (!listed) return false
  }
  return listed
}
