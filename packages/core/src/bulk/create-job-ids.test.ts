import { createHmac, randomBytes } from 'node:crypto'

import { expect, test } from 'vitest'

import { createJobIds } from './create-job-ids.ts'

const KEY = randomBytes(32)
const OID = '201304121000001004'
const idOf = createJobIds(KEY, OID)
const JOB = { user_id: 'ä1', no_agree: '2014031710002121' }

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
  const job = { ...JOB, pay_type: 'D', platform: 'p', generation: '3', ref: 'r' }
  const id = await idOf(job)
  expect(id).toBe(expected(OID, 'ä1', '2014031710002121', 'D', 'p', '3'))
})

test('an omitted pay_type is the one that LianLian assumes', async () => {
  const id = await idOf(JOB)
  expect(id).toBe(expected(OID, 'ä1', '2014031710002121', '2', '', ''))
  expect(await idOf({ ...JOB, pay_type: '2' })).toBe(id)
})

test('tells apart whatever makes another job', async () => {
  const others = [
    { ...JOB, user_id: 'ä12', no_agree: '014031710002121' },
    { ...JOB, pay_type: '3' },
    { ...JOB, platform: 'x' },
    { ...JOB, generation: 'x' },
  ]
  const ids = await Promise.all([JOB, ...others].map((job) => idOf(job)))
  const foreign = [
    await createJobIds(KEY, '201304121000001005')(JOB),
    await createJobIds(randomBytes(32), OID)(JOB),
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
  expect(await copied(JOB)).toBe(await idOf(JOB))
})
