import { describe, expect, test } from 'vitest'

import { endingOf } from './ending.ts'
import { noteStop, startTally, type Tally } from './tally.ts'

type Changes = Partial<Omit<Tally, 'outcomes' | 'earlier'>> & {
  readonly outcomes?: Partial<Tally['outcomes']>
  readonly earlier?: Partial<Tally['earlier']>
}

function tallyOf({ outcomes, earlier, ...rest }: Changes): Tally {
  const tally = startTally()
  Object.assign(tally.outcomes, outcomes)
  Object.assign(tally.earlier, earlier)
  return Object.assign(tally, rest)
}

const statusOf = (changes: Changes, allowNotBound = false) =>
  endingOf(tallyOf(changes), allowNotBound)?.status ?? 0

describe('the exit of a run', () => {
  /** The worst first. */
  const ORDER: readonly (readonly [number, Changes])[] = [
    [4, { stop: 'untrusted' }],
    [6, { outcomes: { unknown: 1 } }],
    [2, { stop: 'setup' }],
    [3, { outcomes: { refused: 1 } }],
    [130, { stop: 'interrupted' }],
    [5, { left: 1 }],
  ]
  const pairs = ORDER.flatMap(([worse, first], index) =>
    ORDER.slice(index + 1).map(([, second]) => [worse, first, second] as const),
  )

  test.each(pairs)('%d: %j beats %j', (worse, first, second) => {
    if (first.stop !== undefined && second.stop !== undefined) return
    const outcomes = { ...second.outcomes, ...first.outcomes }
    expect(statusOf({ ...second, ...first, outcomes })).toBe(worse)
  })

  test.each([
    ['in this run', { outcomes: { unbound: 7, 'not-bound': 1 } }],
    ['in an earlier run', { earlier: { unbound: 7, 'not-bound': 1 } }],
  ])('is 3 where a card was not bound %s, unless that is accepted', (_, changes) => {
    expect(endingOf(tallyOf(changes), false)).toMatchObject({
      status: 3,
      code: 'ERR_NOT_BOUND',
      delivered: 'no',
    })
    expect(statusOf(changes, true)).toBe(0)
  })

  test('is 3 where a product could not be queried, whatever is accepted', () => {
    const changes = { outcomes: { 'not-bound': 2 }, undecided: 1 }
    expect(endingOf(tallyOf(changes), true)).toMatchObject({ status: 3, code: 'ERR_NOT_BOUND' })
  })

  test('is the one of a refusal where cards were refused and others not bound', () => {
    const changes = { outcomes: { refused: 1, 'not-bound': 1 } }
    expect(endingOf(tallyOf(changes), false)).toMatchObject({ status: 3, code: 'ERR_REJECTED' })
  })

  test('is worse than an interrupt where a card was not bound', () => {
    expect(statusOf({ outcomes: { 'not-bound': 1 }, stop: 'interrupted', left: 3 })).toBe(3)
    expect(statusOf({ outcomes: { 'not-bound': 1 }, stop: 'interrupted', left: 3 }, true)).toBe(130)
  })

  test('is the one of an untrusted reply, whichever reason stopped the run first', () => {
    for (const first of ['interrupted', 'max-failures', 'merchant', 'setup'] as const) {
      const tally = tallyOf({ outcomes: { unknown: 1 } })
      noteStop(tally, first, first === 'merchant' ? '3001' : undefined)
      noteStop(tally, 'untrusted', 'ERR_SIGNATURE_INVALID')
      noteStop(tally, first)
      expect(endingOf(tally, false)).toMatchObject({ status: 4, code: 'ERR_SIGNATURE_INVALID' })
    }
  })

  test('bears no code of a stop that it does not stand for', () => {
    const tally = tallyOf({ outcomes: { unknown: 1 }, stop: 'merchant', stopCode: '3001' })
    expect(endingOf(tally, false)).toMatchObject({ status: 6, code: 'ERR_OUTCOME_UNKNOWN' })
  })

  test('says that a request was received where a card was refused after it had been sent', () => {
    const refused = { outcomes: { refused: 2 } }
    expect(endingOf(tallyOf(refused), false)).toMatchObject({ delivered: 'no' })
    const sent = { ...refused, refusedAfterSending: 1 }
    expect(endingOf(tallyOf(sent), false)).toMatchObject({
      code: 'ERR_REJECTED',
      delivered: 'yes',
    })
  })

  test('never calls cards gone that were not bound', () => {
    const changes: Changes = { outcomes: { 'not-bound': 1 } }
    expect(endingOf(tallyOf(changes), false)?.message.en).not.toMatch(/gone|every card/)
  })

  test('is 0 where every card was unbound', () => {
    expect(endingOf(tallyOf({ outcomes: { unbound: 3 }, earlier: { unbound: 4 } }), false)).toBe(
      undefined,
    )
  })
})
