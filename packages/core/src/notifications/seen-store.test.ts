import { manualClock } from '@internal/testkit/clocks'
import { expect, test } from 'vitest'

import { memorySeen } from './seen-store.ts'

test('a claim is new, then busy, then done for ever', async () => {
  const clock = manualClock()
  const seen = memorySeen({ clock })
  const claim = await seen.claim('k', 100)
  const token = claim.status === 'new' ? claim.token : ''
  expect(await seen.claim('k', 100)).toEqual({ status: 'busy' })
  expect(await seen.claim('other', 100)).toMatchObject({ status: 'new' })
  expect(await seen.done('k', token)).toBe(true)
  expect(await seen.done('k', token)).toBe(false)
  clock.elapse(1e12)
  expect(await seen.claim('k', 100)).toEqual({ status: 'done' })
  await seen.release('k', token)
  expect(await seen.claim('k', 100)).toEqual({ status: 'done' })
})

test('a lease ends, and its token is worth nothing after another claim', async () => {
  const clock = manualClock()
  const seen = memorySeen({ clock })
  const first = await seen.claim('k', 100)
  clock.elapse(99)
  expect(await seen.claim('k', 100)).toEqual({ status: 'busy' })
  clock.elapse(1)
  const second = await seen.claim('k', 100)
  const [old, now] = [first, second].map((each) => (each.status === 'new' ? each.token : ''))
  expect(now).not.toBe(old)
  expect(await seen.done('k', old ?? '')).toBe(false)
  await seen.release('k', old ?? '')
  expect(await seen.claim('k', 100)).toEqual({ status: 'busy' })
  expect(await seen.done('k', now ?? '')).toBe(true)
})

test('a claim that is given back is new again', async () => {
  const seen = memorySeen()
  const claim = await seen.claim('k', 100_000)
  await seen.release('k', claim.status === 'new' ? claim.token : '')
  expect(await seen.claim('k', 100)).toMatchObject({ status: 'new' })
})
