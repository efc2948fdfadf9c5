import { setTimeout as pause } from 'node:timers/promises'

import { systemClock } from '@llpay/core/adapter'
import { expect, test } from 'vitest'

import { LineBatches } from './line-batches.ts'

test.each([0, 1])(
  'what comes while a batch is written is the next batch, %i ms gathered',
  async (gatherMs) => {
    const written: string[] = []
    const batches = new LineBatches(
      async (lines) => {
        await pause(20)
        written.push(lines)
      },
      gatherMs === 0 ? undefined : { gatherMs, clock: systemClock },
    )
    const first = batches.add('a')
    await pause(10)
    const others = ['b', 'c'].map((line) => batches.add(line))
    await first
    expect(written).toEqual(['a'])
    await Promise.all(others)
    expect(written).toEqual(['a', 'bc'])
  },
)

test('after a failure nothing more is written', async () => {
  const asked: string[] = []
  const batches = new LineBatches(async (lines) => {
    asked.push(lines)
    throw new Error('full')
  })
  await expect(batches.add('a')).rejects.toThrow('full')
  await expect(batches.add('b')).rejects.toThrow('full')
  expect(asked).toEqual(['a'])
})
