import { expect, test } from 'vitest'

import { summarizeCall } from './call-summary.ts'
import { groupCalls } from './group-calls.ts'
import { makeEntry, type EntryDraft } from './make-entry.ts'

const list = (draft: EntryDraft = {}): EntryDraft => ({ api: 'card.list', code: '8901', ...draft })
const listed = (draft: EntryDraft = {}): EntryDraft =>
  list({ code: '0000', replied: { count: '1' }, ...draft })
const lost: EntryDraft = { status: null, reply: null }
const product = (pay_type: string) => ({ members: { pay_type } })

/** The ids of the requests of each call, for requests that arrive at these times. */
const idsOf = (drafts: readonly EntryDraft[]) =>
  groupCalls(drafts.map((draft, index) => makeEntry(index + 1, { at: index * 100, ...draft }))).map(
    ({ entries }) => entries.map(({ id }) => id),
  )

test.each<readonly [string, readonly EntryDraft[], readonly (readonly number[])[]]>([
  ['list, unbind, list is one call', [listed(), {}, list()], [[1, 2, 3]]],
  [
    'lists of every product, then the unbind',
    [list(product('D')), list(product('2')), list(product('3')), { code: '3003' }],
    [[1, 2, 3, 4]],
  ],
  ['two unbinds of a card are two calls', [{}, { code: '3003' }], [[1], [2]]],
  ['a second call begins with its list', [listed(), {}, list(), list()], [[1, 2, 3], [4]]],
  ['a lost reply is followed by its list', [lost, list({ at: 20_000 })], [[1, 2]]],
  ['a lost reply is followed by another unbind', [lost, listed(), {}, list()], [[1, 2, 3, 4]]],
  [
    'a list that was lost itself is repeated',
    [lost, list({ ...lost, at: 5000 }), list({ at: 15_000 })],
    [[1, 2, 3]],
  ],
  [
    'a reply that a client must not believe ends the call',
    [{ scenario: 'wrong-key' }, { code: '3003' }],
    [[1], [2]],
  ],
  [
    'a code that a scenario made up ends the call',
    [{ scenario: 'code:0000:signed' }, {}],
    [[1], [2]],
  ],
  ['a call that is settled ends', [{}, list({ at: 10_000 })], [[1], [2]]],
  ['a lost reply is not waited for forever', [lost, list({ at: 100_000 })], [[1], [2]]],
  [
    'unbinding every product queries a listed one afresh',
    [
      listed(product('D')),
      listed(product('3')),
      listed(product('D')),
      { members: { pay_type: 'D' } },
      list(product('D')),
      listed(product('3')),
      { members: { pay_type: '3' } },
      list(product('3')),
    ],
    [[1, 2, 3, 4, 5, 6, 7, 8]],
  ],
  [
    'calls that are interleaved stay apart',
    [listed(), listed({ members: { user_id: 'u-2' } }), {}, { members: { user_id: 'u-2' } }],
    [
      [1, 3],
      [2, 4],
    ],
  ],
  [
    'the same agreement on another platform is another call',
    [listed(), { members: { platform: 'p' } }],
    [[1], [2]],
  ],
  [
    'the pages of a list are one call',
    [listed({ members: { offset: '0' } }), listed({ members: { offset: '20' } })],
    [[1, 2]],
  ],
  [
    'a binding is verified by its token',
    [
      { api: 'card.apply-bind', replied: { token: 't-1' } },
      { api: 'card.apply-bind', replied: { token: 't-2' } },
      { api: 'card.verify-bind', members: { token: 't-1' }, at: 900_000 },
      { api: 'card.verify-bind', members: { token: 'other' } },
    ],
    [[1, 3], [2], [4]],
  ],
  [
    'requests that name no customer are alone',
    [
      { members: { user_id: '' }, status: 413, reply: '{"error":{"message":"too large"}}' },
      { members: { user_id: '' }, status: 405, reply: '{"error":{"message":"POST only"}}' },
      list({ members: { user_id: '' }, status: 405, reply: '{"error":{"message":"POST only"}}' }),
    ],
    [[1], [2], [3]],
  ],
  ['a request of no API is alone', [{ api: null }, { api: null }], [[1], [2]]],
])('%s', (_, drafts, ids) => {
  expect(idsOf(drafts)).toEqual(ids)
})

const outcomeOf = (...drafts: readonly EntryDraft[]) => {
  const [call] = groupCalls(
    drafts.map((draft, index) => makeEntry(index + 1, { at: index * 100, ...draft })),
  )
  return call === undefined ? undefined : summarizeCall(call)?.outcome
}

test.each<readonly [string, readonly EntryDraft[], string]>([
  ['carried out', [listed(), {}, list()], 'success'],
  ['refused', [{ code: '3003' }], 'refused'],
  ['an open code', [{ code: '9999' }], 'unknown'],
  ['lost', [lost], 'lost'],
  ['an HTTP error', [{ status: 503, reply: '' }], 'http'],
  [
    'not taken by the sandbox',
    [{ status: 404, reply: '{"error":{"message":"no such endpoint"}}' }],
    'not-taken',
  ],
  ['an HTTP error of a scenario', [{ status: 404, scenario: 'status:404', reply: '' }], 'http'],
  ['a page of HTML', [{ reply: '<html>' }], 'unreadable'],
  ['lost, and settled by the list', [lost, list()], 'settled-absent'],
  ['lost, and a count of zero', [lost, listed({ replied: { count: '0' } })], 'settled-absent'],
  ['lost, and still listed', [lost, listed()], 'settled-listed'],
  ['lost, and only another product was queried', [lost, list(product('3'))], 'lost'],
  ['a success that a scenario forged', [{ scenario: 'wrong-key' }], 'untrusted'],
  ['a refusal under such a scenario', [{ scenario: 'unsigned', code: '3003' }], 'refused'],
  ['a forged code', [{ scenario: 'code:0000:forged' }], 'untrusted'],
  ['a code that a scenario made up', [{ scenario: 'code:0000:signed' }], 'made-up'],
  ['another user named', [{ scenario: 'other-user', replied: { user_id: 'u' } }], 'untrusted'],
  ['another user where none is named', [{ scenario: 'other-user' }], 'success'],
  ['only a list', [list()], 'absent'],
  ['lists that find the card elsewhere', [list(product('D')), listed(product('M'))], 'elsewhere'],
  ['a list that finds it at once', [listed(product('D')), list(product('M'))], 'absent'],
])('a call that is %s', (_, drafts, outcome) => {
  expect(outcomeOf(...drafts)).toBe(outcome)
})
