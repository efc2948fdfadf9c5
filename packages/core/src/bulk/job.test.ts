import { createHmac, randomBytes } from 'node:crypto'

import { expect, test } from 'vitest'

import { checkJob, describeJobIssue, createJobIds } from './job.ts'

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

const KEY = randomBytes(32)
const OID = '201304121000001004'
const idOf = createJobIds(KEY, OID)
const UMLAUT_JOB = { user_id: 'ä1', no_agree: '2014031710002121' }

/** The same by node:crypto and a Buffer. */
function expected(...texts: string[]): string {
  const parts = texts.flatMap((text) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(Buffer.byteLength(text))
    return [length, Buffer.from(text)]
  })
  return createHmac('sha256', KEY).update(Buffer.concat(parts)).digest('hex')
}

test('is an HMAC over the members, each behind its length', async () => {
  const job = { ...UMLAUT_JOB, pay_type: 'D', platform: 'p', generation: '3', ref: 'r' }
  const id = await idOf(job)
  expect(id).toBe(expected(OID, 'ä1', '2014031710002121', 'D', 'p', '3'))
})

test('an omitted pay_type is the one that LianLian assumes', async () => {
  const id = await idOf(UMLAUT_JOB)
  expect(id).toBe(expected(OID, 'ä1', '2014031710002121', '2', '', ''))
  expect(await idOf({ ...UMLAUT_JOB, pay_type: '2' })).toBe(id)
})

test('tells apart whatever makes another job', async () => {
  const others = [
    { ...UMLAUT_JOB, user_id: 'ä12', no_agree: '014031710002121' },
    { ...UMLAUT_JOB, pay_type: '3' },
    { ...UMLAUT_JOB, platform: 'x' },
    { ...UMLAUT_JOB, generation: 'x' },
  ]
  const ids = await Promise.all([UMLAUT_JOB, ...others].map((job) => idOf(job)))
  const foreign = [
    await createJobIds(KEY, '201304121000001005')(UMLAUT_JOB),
    await createJobIds(randomBytes(32), OID)(UMLAUT_JOB),
  ]
  expect(new Set([...ids, ...foreign]).size).toBe(7)
})

test('a short key is refused', () => {
  expect(() => createJobIds(new Uint8Array(15), OID)).toThrow(
    expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }),
  )
})

test('a key that is wiped later was copied', async () => {
  const key = Uint8Array.from(KEY)
  const copied = createJobIds(key, OID)
  key.fill(0)
  expect(await copied(UMLAUT_JOB)).toBe(await idOf(UMLAUT_JOB))
})
