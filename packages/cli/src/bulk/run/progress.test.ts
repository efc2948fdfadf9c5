import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { startProgress } from './progress.ts'
import { startTally, type Tally } from './tally.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function start(tally: Tally, size: number | undefined, isTerminal: boolean) {
  const written: string[] = []
  const write = (text: string) => written.push(text)
  return { written, progress: startProgress(tally, { size }, { isTerminal, write }) }
}

test('a terminal shows one line with share, rate and time left, and clears it', () => {
  const tally = Object.assign(startTally(), { total: 2_000 })
  const { written, progress } = start(tally, 3_000, true)
  vi.advanceTimersByTime(1_750)
  Object.assign(tally.outcomes, { unbound: 1_142, refused: 3 })
  vi.advanceTimersByTime(250)
  expect(written.at(-1)).toBe('\r\u001b[2K1,145/2,000 57% · 573/s · 1 s left · 3 refused')
  progress.stop()
  expect(written.at(-1)).toBe('\r\u001b[2K')
})

test('a resumed run continues the count, and its rate is its own', () => {
  const tally = Object.assign(startTally(), { total: 400 })
  Object.assign(tally.earlier, { unbound: 297, 'not-bound': 3 })
  const { written, progress } = start(tally, undefined, true)
  Object.assign(tally.outcomes, { unbound: 10 })
  Object.assign(tally, { retries: 1 })
  vi.advanceTimersByTime(2_000)
  expect(written.at(-1)).toBe('\r\u001b[2K310/400 77% · 5.0/s · 18 s left · 3 not bound · 1 retry')
  progress.stop()
})

test('a file that nobody counted is measured by the bytes that were read', () => {
  const tally = Object.assign(startTally(), { bytes: 1_000 })
  Object.assign(tally.outcomes, { unbound: 38, refused: 2 })
  const { written, progress } = start(tally, 4_000, true)
  vi.advanceTimersByTime(2_000)
  expect(written.at(-1)).toBe('\r\u001b[2K40 done 25% · 20/s · 6 s left · 2 refused')
  progress.stop()
})

test('elsewhere a line is printed now and then, without the time left where nothing is known of it', () => {
  const tally = startTally()
  Object.assign(tally.outcomes, { unbound: 38, refused: 2 })
  const { written, progress } = start(tally, undefined, false)
  vi.advanceTimersByTime(60_000)
  progress.stop()
  expect(written).toHaveLength(2)
  expect(written[0]).toBe('40 done · 1.3/s · 2 refused\n')
})
