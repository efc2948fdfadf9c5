import { expect, test } from 'vitest'

import { makeEntry } from './make-entry.ts'
import { readReceivedJson } from './received-json.ts'

const members = { user_id: 'u-1', offset: '20', extra: '{"a":1}' }
const entry = (body: string | null) => ({ ...makeEntry(1), members, body })

test('numbers, objects and null are not shown as text', () => {
  const body = '{"user_id":"u-1","offset":20,"extra":{"a":1},"platform":null}'
  expect(readReceivedJson(entry(body))).toEqual({
    members: { ...members, platform: null },
    bare: new Set(['offset', 'extra']),
  })
})

test.each([null, '', '{', '[1]', '"x"', '1'])('a body of %j has nothing to add', (body) => {
  expect(readReceivedJson(entry(body))).toEqual({ members, bare: new Set() })
})
