import { virtualClock } from '@internal/testkit/clocks'
import { plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { createCaller } from '../client/create-caller.ts'
import type { UnbindJob } from './job.ts'
import type { SentMarks } from './marks.ts'
import { createUnbindProcessor } from './processor.ts'

// A virtual clock does not wait for what a call loads on demand.
beforeAll(async () => {
  await import('../client/execute-call.ts')
  await import('../client/settle/settle.ts')
})

const OID = '201304121000001004'
const own = vectorKey('k1024')
const REPLY_MS = 10
/** Longer than a list is fresh. */
const LONG_MS = 2_500
const jobOf = (no_agree: string, more: Partial<UnbindJob> = {}): UnbindJob => ({
  user_id: 'customer',
  no_agree,
  pay_type: 'D',
  ...more,
})

type Members = Record<string, string>
const respond = (status: number, members: object) => ({
  status,
  headers: {},
  body: Buffer.from(JSON.stringify(members)),
})
const signed = (members: Members, rows?: object[], key = own) =>
  respond(200, {
    ...withSign({ ret_code: '0000', sign_type: 'RSA', ...members }, key.pkcs8Pem),
    ...(rows === undefined ? {} : { agreement_list: rows }),
  })

/** What the list of all cards of a customer replies: the truth, or something else. */
type Shared = 'true' | 'empty' | 'forged' | 'down'

let bound: Set<string>
let log: string[]
let sent: Set<string>
let clock: ReturnType<typeof virtualClock>
beforeEach(() => {
  bound = new Set(['a', 'b', 'c', 'd'])
  log = []
  sent = new Set()
  clock = virtualClock()
})

function listOf(no_agree: string | undefined, { user_id = '' }: Members, shared: Shared) {
  if (no_agree === undefined && shared === 'down') return respond(503, {})
  const asked = no_agree === undefined ? [...bound] : [no_agree]
  const isEmpty = no_agree === undefined && shared === 'empty'
  const rows = asked.filter((each) => bound.has(each) && !isEmpty)
  const key = no_agree === undefined && shared === 'forged' ? vectorKey('k3072') : own
  const shown = rows.map((each) => ({ no_agree: each }))
  return signed({ user_id, count: String(rows.length) }, shown, key)
}

/** A processor at a gateway with cards of product D. The log has each request: `list a`, `list *`. */
function processorOf(shared: Shared = 'true') {
  const caller = createCaller({
    oidPartner: OID,
    timeoutMs: 60_000,
    retry: 0,
    signer: plainSigner(vectorKey('k2048').pkcs8Pem),
    verifiers: [plainVerifier(own.spkiPem)],
    clock,
    transport: async ({ url, body }) => {
      const members: Members = JSON.parse(Buffer.from(body).toString())
      const { no_agree, pay_type } = members
      const isUnbind = url.endsWith('/bankcardunbind.htm')
      const isOther = pay_type !== 'D'
      if (!isOther) log.push(`${isUnbind ? 'unbind' : 'list'} ${no_agree ?? '*'}`)
      const reply = listOf(no_agree, members, shared)
      await clock.sleep(REPLY_MS)
      if (isOther) return respond(200, { ret_code: '8901' })
      if (!isUnbind) return reply
      return bound.delete(no_agree ?? '') ? signed({}) : respond(200, { ret_code: '3003' })
    },
  })
  const marks: SentMarks = {
    has: async (id) => sent.has(id),
    add: async (id) => sent.add(id).size && 1,
    outcomeOf: async () => undefined,
    keepOutcome: async (_id, outcome) => outcome,
  }
  const jobIdKey = new Uint8Array(32)
  const processor = createUnbindProcessor(caller, { oidPartner: OID, jobIdKey, marks })
  return (job: UnbindJob) =>
    processor.process(job, { jobId: `${job.no_agree} ${job.generation ?? ''}` })
}

const UNBOUND = { outcome: 'unbound', evidence: 'signed-reply' }

describe('a list that the cards of a customer share', () => {
  test('spares each card behind the second a query', async () => {
    const process = processorOf()
    const requests: string[] = []
    for (const each of ['a', 'b', 'c', 'd']) {
      expect(await process(jobOf(each))).toMatchObject(UNBOUND)
      requests.push(log.splice(0).join(', '))
    }
    expect(requests).toEqual([
      'list a, unbind a, list a',
      'list *, unbind b, list b',
      'unbind c, list c',
      'unbind d, list d',
    ])
  })

  test('is queried once by cards that begin together', async () => {
    const process = processorOf()
    const outcomes = await Promise.all(['a', 'b', 'c', 'd'].map((each) => process(jobOf(each))))
    for (const outcome of outcomes) expect(outcome).toMatchObject(UNBOUND)
    expect(log.filter((each) => each.startsWith('list')).toSorted()).toEqual(
      ['list *', 'list a', 'list a', 'list b', 'list c', 'list d'].toSorted(),
    )
  })

  test('is not queried for a card that comes again alone', async () => {
    const process = processorOf()
    bound.delete('a')
    await process(jobOf('a'))
    await process(jobOf('a', { generation: '2' }))
    expect(log).toEqual(['list a', 'list a'])
  })

  test('is one for each customer, product and platform', async () => {
    const process = processorOf()
    await process(jobOf('a'))
    await process(jobOf('b', { user_id: 'another' }))
    expect(log).not.toContain('list *')
    await process(jobOf('c'))
    await process(jobOf('d', { platform: 'p' }))
    expect(log.filter((each) => each === 'list *')).toHaveLength(2)
  })

  test.each<Shared>(['empty', 'down'])(
    'proves nothing about a card that it does not show (%s)',
    async (shared) => {
      const process = processorOf(shared)
      await process(jobOf('a'))
      log = []
      expect(await process(jobOf('b'))).toMatchObject(UNBOUND)
      expect(await process(jobOf('c'))).toMatchObject(UNBOUND)
      const rest = ['list b', 'unbind b', 'list b', 'list c', 'unbind c', 'list c']
      expect(log).toEqual(['list *', ...rest])
    },
  )

  test('does not make a card not bound: its own list does', async () => {
    const process = processorOf()
    await process(jobOf('a'))
    log = []
    expect(await process(jobOf('x'))).toMatchObject({ outcome: 'not-bound' })
    expect(log).toEqual(['list *', 'list x'])
  })

  test('stops everything if it is forged, and nothing is sent', async () => {
    const process = processorOf('forged')
    await process(jobOf('a'))
    log = []
    expect(await process(jobOf('b'))).toMatchObject({ outcome: 'unknown', stop: true })
    expect(log).toEqual(['list *'])
  })

  test('is not used when it is old', async () => {
    const process = processorOf()
    await process(jobOf('a'))
    await process(jobOf('b'))
    await clock.sleep(LONG_MS)
    log = []
    await process(jobOf('c'))
    expect(log).toEqual(['list *', 'unbind c', 'list c'])
  })

  test('says nothing about a card that was begun after it', async () => {
    const process = processorOf()
    for (const each of ['a', 'b', 'c']) await process(jobOf(each))
    log = []
    const again = await process(jobOf('c', { generation: '2' }))
    expect(again).toMatchObject({ outcome: 'not-bound', neverSent: true })
    expect(log).toEqual(['list c'])
  })

  test('says nothing about a card that was in flight when it was queried', async () => {
    const process = processorOf()
    const jobs = [jobOf('a'), jobOf('b'), jobOf('a', { generation: '2' })]
    const outcomes = await Promise.all(jobs.map((job) => process(job)))
    expect(outcomes).toMatchObject([UNBOUND, UNBOUND, { outcome: 'not-bound' }])
    expect(log.filter((each) => each === 'unbind a')).toHaveLength(1)
  })

  test('is not for a job that may have been sent before', async () => {
    const process = processorOf()
    for (const each of ['a', 'b']) await process(jobOf(each))
    sent.add('c ')
    log = []
    await process(jobOf('c'))
    expect(log).toEqual(['list c', 'unbind c', 'list c'])
    const again = await process(jobOf('c', { generation: '2' }))
    expect(again).toMatchObject({ outcome: 'not-bound', neverSent: true })
  })
})
