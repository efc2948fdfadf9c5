import { expect, test } from 'vitest'

import { checkJob, describeJobIssue } from './check-job.ts'

const JOB = { user_id: '1234567', no_agree: '2014031710002121' }

test.each([
  [{ ...JOB }],
  [{ ...JOB, pay_type: 'D', platform: 'p', generation: '2', ref: '订单 1, "x" &=' }],
])('takes %j', (job) => {
  expect(checkJob(job)).toEqual(job)
})

test.each<[unknown, string, string]>([
  [{ ...JOB, no_agree: 2014031710002121 }, 'no_agree', 'string'],
  [{ ...JOB, no_agree: '2.01403E+15' }, 'no_agree', 'digits_lost'],
  [{ user_id: '1' }, 'no_agree', 'required'],
  [{ ...JOB, user_id: '' }, 'user_id', 'non_empty'],
  [{ ...JOB, card: 'x' }, 'card', 'unknown'],
  [{ ...JOB, ref: 7 }, 'ref', 'text'],
  [{ ...JOB, ref: '' }, 'ref', 'text'],
  [{ ...JOB, generation: 1 }, 'generation', 'text'],
  [{ ...JOB, generation: 'g'.repeat(257) }, 'generation', 'text'],
  [{ ...JOB, user_id: 'canary&no_agree=1' }, 'user_id', 'regex'],
  ['canary', '(parameters)', 'strict_object'],
  [null, '(parameters)', 'strict_object'],
])('refuses %j by name and rule', (job, path, rule) => {
  let error: unknown
  try {
    checkJob(job)
  } catch (thrown) {
    error = thrown
  }
  expect(error).toMatchObject({ code: 'ERR_PARAMETER_INVALID', issues: [{ path, rule }] })
  expect(JSON.stringify(error)).not.toMatch(/canary|2\.01403|20140317/)
})

test.each(['E15', '2e15', '0x1E', '-1', '_'])('takes the agreement %s', (no_agree) => {
  expect(checkJob({ ...JOB, no_agree })).toEqual({ ...JOB, no_agree })
})

const say = (path: string, rule: string) => describeJobIssue({ path, rule })

test('says in words what is wrong and where such values come from', () => {
  expect(say('no_agree', 'digits_lost')).toMatch(
    /^no_agree is a number that a spreadsheet shortened/,
  )
  expect(say('no_agree', 'regex')).toBe('no_agree may only have ASCII letters, digits, - and _')
  expect(say('ref', 'text')).toBe('ref must be text of 1 to 256 characters')
})
