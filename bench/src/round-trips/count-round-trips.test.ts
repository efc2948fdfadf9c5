import { expect, test } from 'vitest'

import { countRoundTrips } from './count-round-trips.ts'

// Counted by hand: a list per product (7, three at a time), one before and one after a change. In bulk, the
// second card of a customer queries a list that the third and later ones share.
test('every kind of call sends what it needs, and no more', async () => {
  const counts = await countRoundTrips()
  const table = counts.map(({ name, requests, roundTrips }) => [name, requests, roundTrips])
  expect(table).toEqual([
    ['unbind, settle: never: unbound', 1, 1],
    ['unbind, settle: never, reply lost: ERR_OUTCOME_UNKNOWN', 1, 1],
    ['unbind, settle: never, not bound: ERR_REJECTED', 1, 1],
    ['unbind, settle: never, bound for another product: ERR_REJECTED', 1, 1],
    ['unbind, settle: auto: unbound', 1, 1],
    ['unbind, settle: auto, reply lost: ERR_OUTCOME_UNKNOWN', 8, 4],
    ['unbind, settle: auto, not bound: ERR_REJECTED', 1, 1],
    ['unbind, settle: auto, bound for another product: ERR_REJECTED', 1, 1],
    ['unbind, settle: always: unbound', 3, 3],
    ['unbind, settle: always, reply lost: unbound', 3, 3],
    ['unbind, settle: always, not bound: ERR_REJECTED', 8, 4],
    ['unbind, settle: always, bound for another product: ERR_AGREEMENT_ELSEWHERE', 7, 3],
    ['ensureUnbound: unbound', 10, 6],
    ['ensureUnbound, reply lost: unbound', 10, 6],
    ['ensureUnbound, bound for two products: unbound', 13, 9],
    ['ensureUnbound, not bound: not-bound', 7, 3],
    ['bulk, reply lost: unbound', 3, 3],
    ['bulk, not bound: not-bound', 7, 3],
    ['bulk, bound for another product: refused', 7, 3],
    ['bulk, 1 card of each customer, 1 in flight, per card: unbound', 3, 3],
    ['bulk, 1 card of each customer, 4 in flight, per card: unbound', 3, 0.75],
    ['bulk, 2 cards of each customer, 1 in flight, per card: unbound', 3, 3],
    ['bulk, 2 cards of each customer, 4 in flight, per card: unbound', 3, 0.75],
    ['bulk, 4 cards of each customer, 1 in flight, per card: unbound', 2.5, 2.5],
    ['bulk, 4 cards of each customer, 4 in flight, per card: unbound', 2.5, 0.75],
    ['bulk, 12 cards of each customer, 1 in flight, per card: unbound', 26 / 12, 26 / 12],
    ['bulk, 12 cards of each customer, 4 in flight, per card: unbound', 26 / 12, 7 / 12],
  ])
})
