import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { startProgress } from './progress.ts'
import { startTally } from './tally.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const done = {
  rows: 40,
  bytes: 1_000,
  outcomes: { unbound: 38, 'not-bound': 0, refused: 2, unknown: 0 },
}

test('a terminal has one line, with rate, time left and counts, which goes away', () => {
  const written: string[] = []
  const tally = Object.assign(startTally(), { outcomes: { ...done.outcomes } })
  Object.assign(tally.outcomes, { unbound: 0, refused: 0 })
  const progress = startProgress(
    tally,
    { size: 3_000 },
    { isTerminal: true, write: (text) => written.push(text) },
  )
  vi.advanceTimersByTime(1_750)
  Object.assign(tally, done)
  vi.advanceTimersByTime(250)
  expect(written.at(-1)).toBe('\r\u001b[2K40 done  20.0/s  4 s left  unbound 38  refused 2')
  progress.stop()
  expect(written.at(-1)).toBe('\r\u001b[2K')
})

test('elsewhere a line comes now and then, without the time left where nothing is known of it', () => {
  const written: string[] = []
  const tally = Object.assign(startTally(), done)
  const progress = startProgress(
    tally,
    { size: undefined },
    { isTerminal: false, write: (text) => written.push(text) },
  )
  vi.advanceTimersByTime(60_000)
  progress.stop()
  expect(written).toHaveLength(2)
  expect(written[0]).toBe('40 done  1.3/s  unbound 38  refused 2\n')
})
