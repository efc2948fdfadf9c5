import { randomBytes } from 'node:crypto'

import { createJobIds } from '@llpay/core/bulk'
import { expect, test } from 'vitest'

import { toTask } from './task.ts'

const identity = { jobKey: randomBytes(32), oidPartner: '201304121000001004' }

test("a job's id is the one that a queue would give it", async () => {
  const job = { user_id: 'ä1', no_agree: '2014031710002121', pay_type: 'D', generation: '2' }
  const idOf = createJobIds(identity.jobKey, identity.oidPartner)
  expect(toTask({ line: 2, bytes: 0, value: { ...job, ref: 'r' } }, identity)).toEqual({
    line: 2,
    id: await idOf(job),
    job: { ...job, ref: 'r' },
    issues: [],
    tries: 0,
    isRecorded: false,
  })
})

test('what is not a job is known by its place and text', () => {
  const idOf = (line: number, value: unknown) => toTask({ line, bytes: 0, value }, identity).id
  const ids = [idOf(2, { user_id: 'u' }), idOf(3, { user_id: 'u' }), idOf(2, { user_id: 'v' })]
  expect(new Set(ids).size).toBe(3)
  expect(idOf(2, { user_id: 'u' })).toBe(ids[0])
  expect(toTask({ line: 2, bytes: 0, value: undefined }, identity).job).toBeUndefined()
})
