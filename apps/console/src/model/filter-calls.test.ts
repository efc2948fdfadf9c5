import { expect, test } from 'vitest'

import { summarizeCall } from './call-summary.ts'
import { passesFilter } from './filter-calls.ts'
import { groupCalls } from './group-calls.ts'
import { makeEntry } from './make-entry.ts'

const entries = [
  makeEntry(1, { members: { user_id: 'alice', no_agree: '11' } }),
  makeEntry(2, { members: { user_id: 'bob', no_agree: '22' }, code: '3003' }),
  makeEntry(3, {
    members: { user_id: 'carol', no_agree: '33' },
    status: null,
    reply: null,
    scenario: 'close-after',
  }),
]

const matching = (text: string, onlyProblems = false) =>
  groupCalls(entries).flatMap((call) => {
    const summary = summarizeCall(call)
    const passes = summary !== undefined && passesFilter(call, summary, { text, onlyProblems })
    return passes ? [call.id] : []
  })

test.each([
  ['', [1, 2, 3]],
  ['ALICE', [1]],
  ['22', [2]],
  ['3003', [2]],
  ['close', [3]],
  ['lost', [3]],
  ['unbind bob', [2]],
  ['alice 3003', []],
])('%j', (text, ids) => {
  expect(matching(text)).toEqual(ids)
})

test('problems are refusals and lost replies', () => {
  expect(matching('', true)).toEqual([2, 3])
})
