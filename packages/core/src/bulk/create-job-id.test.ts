import { createHmac, randomBytes } from 'node:crypto'

import { expect, test } from 'vitest'

import { createJobId } from './create-job-id.ts'

const KEY = randomBytes(32)
const OID = '201304121000001004'
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
  const id = await createJobId(KEY, OID, job)
  expect(id).toBe(expected(OID, 'ä1', '2014031710002121', 'D', 'p', '3'))
})

test('an omitted pay_type is the one that LianLian assumes', async () => {
  const id = await createJobId(KEY, OID, JOB)
  expect(id).toBe(expected(OID, 'ä1', '2014031710002121', '2', '', ''))
  expect(await createJobId(KEY, OID, { ...JOB, pay_type: '2' })).toBe(id)
})

test('tells apart whatever makes another job', async () => {
  const others = [
    { ...JOB, user_id: 'ä12', no_agree: '014031710002121' },
    { ...JOB, pay_type: '3' },
    { ...JOB, platform: 'x' },
    { ...JOB, generation: 'x' },
  ]
  const ids = await Promise.all([JOB, ...others].map((job) => createJobId(KEY, OID, job)))
  const foreign = [
    await createJobId(KEY, '201304121000001005', JOB),
    await createJobId(randomBytes(32), OID, JOB),
  ]
  expect(new Set([...ids, ...foreign]).size).toBe(7)
})

test('a short key is refused', async () => {
  await expect(createJobId(new Uint8Array(15), OID, JOB)).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
  })
})
