import { sleepUntil, type Clock } from './clock.ts'
import type { Deadline } from './deadline.ts'

/** Waits before a retry; throws where the call ended meanwhile. */
export async function backOff(ms: number, deadline: Deadline, clock: Clock): Promise<void> {
  await sleepUntil(clock, ms, deadline.signal)
  const failure = deadline.failure('no')
  if (failure !== undefined) throw failure
}
