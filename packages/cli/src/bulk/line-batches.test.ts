import { EventEmitter, once } from 'node:events'

import { virtualClock } from '@internal/testkit/clocks'
import { expect, test } from 'vitest'

import { LineBatches } from './write-lines.ts'

test.each([0, 1])(
  'what comes while a batch is written is the next batch, %i ms gathered',
  async (gatherMs) => {
    const written: string[] = []
    const disk = new EventEmitter()
    const finish: (() => void)[] = []
    const batches = new LineBatches(
      (lines) =>
        new Promise((resolve) => {
          finish.push(() => {
            written.push(lines)
            resolve()
          })
          disk.emit('begun')
        }),
      gatherMs === 0 ? undefined : { gatherMs, clock: virtualClock() },
    )
    const begun = once(disk, 'begun')
    const first = batches.add('a')
    await begun
    const others = ['b', 'c'].map((line) => batches.add(line))
    const begunAgain = once(disk, 'begun')
    finish[0]?.()
    await first
    expect(written).toEqual(['a'])
    await begunAgain
    finish[1]?.()
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
