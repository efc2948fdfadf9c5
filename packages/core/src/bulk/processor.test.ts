import { virtualClock } from '@internal/testkit/clocks'
import { plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'

import type { CallerParts } from '../client/call-options.ts'
import { createCaller } from '../client/create-caller.ts'
import { SigningError } from '../errors/signing-error.ts'
import { TransportError } from '../errors/transport-error.ts'
import type { FinalOutcome, SentMarks } from './marks.ts'
import { createUnbindProcessor } from './processor.ts'

// A virtual clock does not wait for what a call loads on demand.
beforeAll(async () => {
  await import('../client/execute-call.ts')
  await import('../client/settle/settle.ts')
})

// The gateway's replies are signed by node:crypto. It replies by the script of each test.

const OID = '201304121000001004'
const KEY = new Uint8Array(32).fill(7)
const JOB = { user_id: 'customer', no_agree: '2014031710002121', pay_type: 'D', ref: 'row 1' }
const gateway = vectorKey('k1024')

/** A body, a status without one, `closed` or `refused`. */
type Answer = string | { readonly status: number }
const signed = (members: Record<string, string>, unsigned: object = {}, key = gateway) =>
  JSON.stringify({ ...unsigned, ...withSign({ sign_type: 'RSA', ...members }, key.pkcs8Pem) })
const list = (count: string, rows: object[]) =>
  signed({ ret_code: '0000', user_id: JOB.user_id, count }, { agreement_list: rows })

const DONE = signed({ ret_code: '0000' })
const LISTED = list('1', [{ no_agree: JOB.no_agree }])
const GONE = '{"ret_code":"8901"}'
const GONE_SIGNED = list('0', [])
const FORGED = signed({ ret_code: '0000' }, {}, vectorKey('k3072'))
const DOWN = { status: 503 }
const code = (ret_code: string) => `{"ret_code":"${ret_code}"}`

interface Script {
  readonly list: readonly Answer[]
  readonly unbind?: readonly Answer[]
  /** What the lists of the other products reply. */
  readonly others?: Answer
}

let log: string[] = []
let counted = new Map<string, number>()
let kept = new Map<string, string>()
beforeEach(() => {
  log = []
  counted = new Map()
  kept = new Map()
})

const countOf = (id: string) => counted.get(id) ?? 0

const marks: SentMarks = {
  has: async (id) => countOf(id) > 0,
  add: async (id) => {
    if (kept.has(id)) return false
    log.push('mark')
    counted.set(id, countOf(id) + 1)
    return countOf(id)
  },
  outcomeOf: async (id) => kept.get(id),
  keepOutcome: async (id, outcome, sends) => {
    log.push('keep')
    if (!kept.has(id) && (sends ?? countOf(id)) === countOf(id)) kept.set(id, outcome)
    return kept.get(id)
  },
}

/** The other worker counts a request. */
const sendElsewhere = (id: string) => counted.set(id, countOf(id) + 1)

function transportOf(script: Script): CallerParts['transport'] {
  const left = { list: [...script.list], unbind: [...(script.unbind ?? [])] }
  return async ({ url, body }) => {
    const { pay_type }: Record<string, string> = JSON.parse(Buffer.from(body).toString())
    const isUnbind = url.endsWith('/bankcardunbind.htm')
    const isOther = !isUnbind && pay_type !== JOB.pay_type
    log.push(isUnbind ? 'unbind' : isOther ? 'other list' : 'list')
    const last = left.list.length > 1 ? left.list.shift() : left.list[0]
    const answer =
      (isUnbind ? left.unbind.shift() : isOther ? (script.others ?? GONE) : last) ?? DOWN
    if (answer === 'closed' || answer === 'refused') {
      const delivered = answer === 'closed' ? 'unknown' : 'no'
      throw new TransportError(
        answer === 'closed' ? 'ERR_TRANSPORT_CLOSED' : 'ERR_TRANSPORT_CONNECT',
        'm',
        { delivered },
      )
    }
    return typeof answer === 'string'
      ? { status: 200, headers: {}, body: Buffer.from(answer) }
      : { ...answer, headers: {}, body: new Uint8Array() }
  }
}

function processorOf(
  script: Script,
  options: { marks?: SentMarks; payTypes?: readonly string[] } = { marks },
  parts: Partial<CallerParts> = {},
) {
  const caller = createCaller({
    oidPartner: OID,
    timeoutMs: 60_000,
    retry: 0,
    settle: 'never',
    signer: plainSigner(vectorKey('k2048').pkcs8Pem),
    verifiers: [plainVerifier(gateway.spkiPem)],
    clock: virtualClock(),
    transport: transportOf(script),
    ...parts,
  })
  return createUnbindProcessor(caller, { oidPartner: OID, jobIdKey: KEY, ...options })
}

const play = (script: Script, options?: { marks?: SentMarks }) =>
  processorOf(script, options).process(JOB)

describe('a job that was never sent', () => {
  test.each<[string, Script, object, number]>([
    [
      'listed and unbound',
      { list: [LISTED, GONE], unbind: [DONE] },
      { outcome: 'unbound', evidence: 'signed-reply' },
      1,
    ],
    [
      'a reply that is lost, then gone',
      { list: [LISTED, GONE_SIGNED], unbind: ['closed'] },
      { outcome: 'unbound', evidence: 'signed-query' },
      1,
    ],
    [
      'not listed anywhere',
      { list: [GONE] },
      {
        outcome: 'not-bound',
        evidence: 'unsigned-query',
        queried: ['D', '2', '3', 'P', 'M', 'F', 'N'],
        undecided: [],
        neverSent: true,
      },
      0,
    ],
    [
      'not listed, and signed',
      { list: [GONE_SIGNED], others: GONE_SIGNED },
      { outcome: 'not-bound', evidence: 'signed-query' },
      0,
    ],
    [
      'bound for another product',
      { list: [GONE], others: LISTED },
      { outcome: 'refused', code: 'ERR_AGREEMENT_ELSEWHERE', payType: '2' },
      0,
    ],
    [
      'the other lists are out of reach',
      { list: [GONE], others: DOWN },
      { outcome: 'retry', stop: false },
      0,
    ],
    [
      'the other lists are refused, which says nothing of the card',
      { list: [GONE], others: code('1008') },
      { outcome: 'retry', stop: false },
      0,
    ],
    [
      'the other products are none of the merchant',
      { list: [GONE], others: code('3010') },
      { outcome: 'not-bound', queried: ['D'], undecided: ['2', '3', 'P', 'M', 'F', 'N'] },
      0,
    ],
    [
      'the list is out of reach',
      { list: [DOWN] },
      { outcome: 'retry', code: 'ERR_TRANSPORT_STATUS', stop: false },
      0,
    ],
    [
      'the list shows neither',
      { list: [list('3', [{ no_agree: '1' }])] },
      { outcome: 'retry', code: 'ERR_LIST_INCONCLUSIVE' },
      0,
    ],
    [
      'a wrong key of the merchant',
      { list: [code('1001')] },
      { outcome: 'retry', returnCode: '1001', stop: true },
      0,
    ],
    [
      'a product that the merchant does not have, which says nothing of other jobs',
      { list: [code('3010')] },
      { outcome: 'retry', returnCode: '3010', stop: false },
      0,
    ],
    [
      'a wrong address',
      { list: [code('1008')] },
      { outcome: 'retry', returnCode: '1008', stop: true },
      0,
    ],
    [
      'refused by the bank',
      { list: [LISTED], unbind: [code('4000')] },
      { outcome: 'refused', code: 'ERR_REJECTED', returnCode: '4000', category: 'card-or-user' },
      1,
    ],
    [
      'nothing listens',
      { list: [LISTED], unbind: ['refused'] },
      { outcome: 'retry', code: 'ERR_TRANSPORT_CONNECT', stop: false },
      1,
    ],
    [
      'a forged success',
      { list: [LISTED], unbind: [FORGED] },
      { outcome: 'unknown', code: 'ERR_SIGNATURE_INVALID', stop: true },
      1,
    ],
    [
      'a list of another product that is forged',
      { list: [GONE], others: FORGED },
      { outcome: 'unknown', code: 'ERR_SIGNATURE_INVALID', stop: true },
      0,
    ],
    ...['2004', '9999', 'ZZZZ'].map((each): [string, Script, object, number] => [
      `${each}, and listed still: what a single call leaves unknown is not refused`,
      { list: [LISTED], unbind: [code(each)] },
      { outcome: 'retry', code: 'ERR_OUTCOME_UNKNOWN', stop: false },
      1,
    ]),
    [
      'not found, of what the list has just shown',
      { list: [LISTED], unbind: [code('3003')] },
      { outcome: 'retry', returnCode: '3003', stop: false },
      1,
    ],
    ['a forged list', { list: [FORGED] }, { outcome: 'unknown', stop: true }, 0],
    [
      'lost, and the list does not say',
      { list: [LISTED, DOWN], unbind: ['closed'] },
      { outcome: 'retry', code: 'ERR_OUTCOME_UNKNOWN', stop: false },
      1,
    ],
  ])('%s', async (_, script, verdict, sent) => {
    const found = await play(script)
    expect(found).toMatchObject({
      ...verdict,
      ref: 'row 1',
      jobId: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(log.filter((each) => each === 'unbind')).toHaveLength(sent)
    expect(log.includes('mark')).toBe(sent > 0)
    expect(JSON.stringify(found)).not.toMatch(/customer|2014031710002121/)
  })

  test('is marked after the list and before the request', async () => {
    await play({ list: [LISTED, GONE], unbind: [DONE] })
    expect(log).toEqual(['list', 'mark', 'unbind', 'list', 'keep'])
  })

  test('is not sent where the mark cannot be kept', async () => {
    const full = {
      ...marks,
      has: async () => false,
      add: () => Promise.reject(new Error('disk full')),
    }
    await expect(play({ list: [LISTED], unbind: [DONE] }, { marks: full })).rejects.toThrow(
      'disk full',
    )
    expect(log).not.toContain('unbind')
  })
})

describe('a job that was sent before', () => {
  const again = async (script: Script) => {
    await play({ list: [LISTED, DOWN], unbind: ['closed'] })
    log = []
    return await play(script)
  }

  test.each<[string, Script, object, number]>([
    [
      'gone: it was this job',
      { list: [GONE_SIGNED] },
      { outcome: 'unbound', evidence: 'signed-query' },
      0,
    ],
    ['gone, unsigned', { list: [GONE] }, { outcome: 'unbound', evidence: 'unsigned-query' }, 0],
    [
      'still listed: sent once more',
      { list: [LISTED, LISTED, GONE], unbind: [DONE] },
      { outcome: 'unbound', evidence: 'signed-reply' },
      1,
    ],
    [
      'not found: back to the list',
      { list: [LISTED, GONE_SIGNED], unbind: [code('3003')] },
      { outcome: 'unbound', evidence: 'signed-query' },
      1,
    ],
    [
      'refused and still listed: the first request may have landed',
      { list: [LISTED], unbind: [code('4000')] },
      { outcome: 'retry', code: 'ERR_OUTCOME_UNKNOWN', stop: false },
      1,
    ],
    [
      'refused for what the merchant lacks',
      { list: [LISTED], unbind: [code('1008')] },
      { outcome: 'retry', returnCode: '1008', stop: true },
      1,
    ],
    [
      'a list that cannot be trusted',
      { list: [FORGED] },
      { outcome: 'unknown', code: 'ERR_SIGNATURE_INVALID', stop: true },
      0,
    ],
    ['the list is out of reach', { list: [DOWN] }, { outcome: 'retry' }, 0],
  ])('%s', async (_, script, verdict, sent) => {
    expect(await again(script)).toMatchObject(verdict)
    expect(log.filter((each) => each === 'unbind')).toHaveLength(sent)
  })
})

describe('without marks', () => {
  test('an outcome that stays unclear is unknown', async () => {
    const verdict = await play({ list: [LISTED, DOWN], unbind: ['closed'] }, {})
    expect(verdict).toMatchObject({ outcome: 'unknown', code: 'ERR_OUTCOME_UNKNOWN', stop: false })
  })

  test.each(['2004', '9999', 'ZZZZ'])('%s with the card still listed is unknown', async (each) => {
    const verdict = await play({ list: [LISTED], unbind: [code(each)] }, {})
    expect(verdict).toMatchObject({ outcome: 'unknown', code: 'ERR_OUTCOME_UNKNOWN' })
  })

  test('not found, of what the list has just shown, is decided by another try', async () => {
    const verdict = await play({ list: [LISTED], unbind: [code('3003')] }, {})
    expect(verdict).toMatchObject({ outcome: 'retry', returnCode: '3003' })
  })

  test('a second delivery of what was done is not called done by it', async () => {
    const processor = processorOf({ list: [LISTED, GONE], unbind: [DONE] }, {})
    expect(await processor.process(JOB)).toMatchObject({ outcome: 'unbound' })
    expect(await processor.process(JOB)).toMatchObject({ outcome: 'not-bound', neverSent: false })
  })
})

test('what is not a job is refused, and nobody is asked', async () => {
  const verdict = await processorOf({ list: [] }).process({ ...JOB, no_agree: 2014031710002121 })
  expect(verdict).toEqual({ outcome: 'refused', code: 'ERR_PARAMETER_INVALID' })
  expect(log).toEqual([])
})

test('a signer that fails stops everything', async () => {
  const signer = {
    algorithm: 'MD5withRSA',
    sign: () => Promise.reject(new SigningError('ERR_SIGN_FAILED', 'm')),
  } as const
  const verdict = await processorOf({ list: [LISTED] }, { marks }, { signer }).process(JOB)
  expect(verdict).toMatchObject({ outcome: 'retry', code: 'ERR_SIGN_FAILED', stop: true })
})

test('an interrupt before anything was sent leaves the job to another try', async () => {
  const controller = new AbortController()
  controller.abort()
  const verdict = await processorOf({ list: [LISTED], unbind: [DONE] }).process(JOB, {
    signal: controller.signal,
  })
  expect(verdict).toMatchObject({ outcome: 'retry', stop: false })
  expect(log).not.toContain('unbind')
})

test('a job that is delivered twice at once is unbound, and is reported so when it is asked again', async () => {
  const processor = processorOf({ list: [LISTED, LISTED, GONE], unbind: [DONE, code('3003')] })
  const outcomes = await Promise.all([processor.process(JOB), processor.process(JOB)])
  const found = new Set(outcomes.map(({ outcome }) => outcome))
  expect(found.has('unbound')).toBe(true)
  expect(found.has('refused') || found.has('not-bound')).toBe(false)
  expect(await processor.process(JOB)).toMatchObject({ outcome: 'unbound' })
})

/** Marks that the other worker writes when this one reads them for the nth time. */
const marksOf = (nth: number): SentMarks => {
  let reads = 0
  return {
    ...marks,
    has: async (id) => {
      reads += 1
      if (reads === nth) sendElsewhere(id)
      return marks.has(id)
    },
  }
}

/** The other worker sends, or ends the job, right before a step of this one at the store. */
const before = (step: 'add' | 'keepOutcome', act: (id: string) => unknown): SentMarks => {
  let isDone = false
  const once = (id: string) => {
    if (!isDone) act(id)
    isDone = true
  }
  return {
    ...marks,
    add: async (id) => {
      if (step === 'add') once(id)
      return marks.add(id)
    },
    keepOutcome: async (id, ...given) => {
      if (step === 'keepOutcome') once(id)
      return marks.keepOutcome(id, ...given)
    },
  }
}

describe('two workers on one job', () => {
  test('the other one was faster: gone is what it did, not "not bound"', async () => {
    const verdict = await play({ list: [GONE] }, { marks: marksOf(2) })
    expect(verdict).toMatchObject({ outcome: 'unbound', evidence: 'unsigned-query' })
    expect(log).not.toContain('unbind')
    const lastList = log.lastIndexOf('list')
    expect(log.lastIndexOf('other list')).toBeLessThan(lastList)
  })

  test('the other one was faster: another product of the agreement is not a refusal', async () => {
    const verdict = await play({ list: [GONE], others: LISTED }, { marks: marksOf(2) })
    expect(verdict).toMatchObject({ outcome: 'unbound' })
    expect(log).not.toContain('unbind')
  })

  test('the other one has sent since the list was queried: the job is settled as sent', async () => {
    const verdict = await play(
      { list: [LISTED, GONE_SIGNED], unbind: [code('4000')] },
      { marks: before('add', sendElsewhere) },
    )
    expect(verdict).toMatchObject({ outcome: 'unbound', evidence: 'signed-query' })
    expect(log).not.toContain('unbind')
  })

  test('the other one has sent since, and the card is listed still: no refusal is final', async () => {
    const script = { list: [LISTED], unbind: [code('4000')] }
    const verdict = await play(script, { marks: before('add', sendElsewhere) })
    expect(verdict).toMatchObject({ outcome: 'retry', code: 'ERR_OUTCOME_UNKNOWN' })
    expect(log.filter((each) => each === 'unbind')).toHaveLength(1)
    expect(kept.size).toBe(0)
  })

  test.each<[string, Script, object]>([
    [
      'refused',
      { list: [LISTED], unbind: [code('4000')] },
      { outcome: 'retry', code: 'ERR_OUTCOME_UNKNOWN', returnCode: '4000', stop: false },
    ],
    ['not bound', { list: [GONE] }, { outcome: 'unbound', evidence: 'unsigned-query' }],
    [
      'bound for another product',
      { list: [GONE], others: LISTED },
      { outcome: 'unbound', evidence: 'unsigned-query' },
    ],
  ])('%s is not kept once the other one has sent', async (_, script, expected) => {
    const verdict = await play(script, { marks: before('keepOutcome', sendElsewhere) })
    expect(verdict).toMatchObject(expected)
    expect(await play({ list: [GONE_SIGNED] })).toMatchObject({ outcome: 'unbound' })
  })

  test('a refusal is kept for the requests that were counted, without a query more', async () => {
    const given: unknown[] = []
    const watched: SentMarks = {
      ...marks,
      keepOutcome: async (id, outcome, ...sends) => {
        given.push(...sends)
        return marks.keepOutcome(id, outcome, ...sends)
      },
    }
    const verdict = await play({ list: [LISTED], unbind: [code('4000')] }, { marks: watched })
    expect(verdict).toMatchObject({ outcome: 'refused', returnCode: '4000' })
    expect(log).toEqual(['list', 'mark', 'unbind', 'keep'])
    counted = new Map()
    kept = new Map()
    expect(await play({ list: [GONE] }, { marks: watched })).toMatchObject({ outcome: 'not-bound' })
    expect(given).toEqual([1, 0])
  })

  test('the other one has decided since: its outcome is reported, and nothing is sent', async () => {
    const outcome = JSON.stringify({ outcome: 'refused', code: 'ERR_REJECTED', returnCode: '4000' })
    const decided = before('add', (id) => kept.set(id, outcome))
    const verdict = await play({ list: [LISTED], unbind: [DONE] }, { marks: decided })
    expect(verdict).toMatchObject({ outcome: 'refused', returnCode: '4000', ref: 'row 1' })
    expect(log).not.toContain('unbind')
  })

  test('of one processor carry it out one after the other', async () => {
    let [underWay, most] = [0, 0]
    const transport = transportOf({ list: [LISTED, GONE], unbind: [DONE] })
    const watched: CallerParts['transport'] = async (request, signal) => {
      underWay += 1
      most = Math.max(most, underWay)
      await new Promise((resolve) => setImmediate(resolve))
      underWay -= 1
      return transport(request, signal)
    }
    const processor = processorOf({ list: [] }, { marks }, { transport: watched })
    const twice = await Promise.all([processor.process(JOB), processor.process(JOB)])
    expect(twice).toMatchObject([{ outcome: 'unbound' }, { outcome: 'unbound' }])
    expect(log.filter((each) => each === 'unbind')).toHaveLength(1)
    expect(most).toBe(1)
  })

  test('the mark is read behind the last query', async () => {
    const read: string[] = []
    const watched: SentMarks = {
      ...marks,
      has: async (id) => {
        read.push(log.at(-1) ?? 'first')
        return marks.has(id)
      },
    }
    expect(await play({ list: [GONE] }, { marks: watched })).toMatchObject({ neverSent: true })
    expect(read).toEqual(['first', 'other list'])
    expect(log).toHaveLength(8)
    expect(log.at(-1)).toBe('keep')
  })

  test('marks that cannot be read again leave the job to another try', async () => {
    let reads = 0
    const broken: SentMarks = {
      ...marks,
      has: async () => {
        reads += 1
        if (reads > 1) throw new Error('marks are down')
        return false
      },
    }
    await expect(play({ list: [GONE] }, { marks: broken })).rejects.toThrow('marks are down')
    const full: SentMarks = { ...marks, add: () => Promise.reject(new Error('marks are down')) }
    await expect(play({ list: [LISTED] }, { marks: full })).rejects.toThrow('marks are down')
    expect(log).not.toContain('unbind')
  })
})

test('only the products of payTypes are queried', async () => {
  const processor = processorOf({ list: [GONE] }, { marks, payTypes: ['D', '3'] })
  expect(await processor.process(JOB)).toMatchObject({ outcome: 'not-bound', queried: ['D', '3'] })
  expect(log).toEqual(['list', 'other list', 'keep'])
  const wrong = () => processorOf({ list: [] }, { payTypes: [] })
  expect(wrong).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }))
})

test("a job's id that is given is the one that is marked and reported", async () => {
  const processor = processorOf({ list: [LISTED, GONE], unbind: [DONE] })
  const jobId = 'f'.repeat(64)
  expect(await processor.process(JOB, { jobId })).toMatchObject({ outcome: 'unbound', jobId })
  expect([...counted.keys()]).toEqual([jobId])
})

describe('a job that ended for good', () => {
  const gone: Script = { list: [LISTED, GONE], unbind: [DONE] }

  test('is kept without the card, without its id and its reference', async () => {
    await play(gone)
    expect(Array.from(kept.values(), (text): unknown => JSON.parse(text))).toEqual([
      { outcome: 'unbound', evidence: 'signed-reply' },
    ])
  })

  test.each<[string, Script, string]>([
    ['unbound', gone, 'unbound'],
    ['not bound', { list: [GONE] }, 'not-bound'],
    ['refused', { list: [LISTED], unbind: [code('4000')] }, 'refused'],
  ])('is reported as it was, %s, and nothing is asked', async (_, script, outcome) => {
    const first = await play(script)
    expect(first).toMatchObject({ outcome })
    log = []
    const again = await play({ list: [LISTED, GONE], unbind: [DONE] })
    expect(again).toEqual(first)
    expect(log).toEqual([])
  })

  test('ends as the worker said that was the first to keep it', async () => {
    const first: FinalOutcome = { outcome: 'unknown', code: 'ERR_OUTCOME_UNKNOWN', stop: false }
    const slow: SentMarks = {
      ...marks,
      outcomeOf: async () => undefined,
      keepOutcome: async () => JSON.stringify(first),
    }
    expect(await play(gone, { marks: slow })).toMatchObject({ ...first, ref: 'row 1' })
  })

  test('is not reported where it cannot be kept', async () => {
    const full: SentMarks = { ...marks, keepOutcome: () => Promise.reject(new Error('full')) }
    await expect(play(gone, { marks: full })).rejects.toThrow('full')
  })

  test('is not an other one when its queue gives it up, or gave it up before', async () => {
    const processor = processorOf(gone)
    const { jobId = '' } = await processor.process(JOB)
    const givenUp: FinalOutcome = { outcome: 'unknown', code: 'C', stop: false, tries: 3, jobId }
    expect(await processor.keep?.(givenUp)).toEqual({
      outcome: 'unbound',
      evidence: 'signed-reply',
      jobId,
    })
    kept = new Map()
    expect(await processor.keep?.(givenUp)).toEqual(givenUp)
    expect(await processor.process(JOB)).toEqual({ ...givenUp, ref: 'row 1' })
  })

  test('is carried out again where the store keeps marks alone', async () => {
    const marksAlone = Object.assign(Object.create(null), {
      has: async () => false,
      add: async () => undefined,
    })
    const playAlone = (script: Script) => play(script, { marks: marksAlone })
    expect(await playAlone(gone)).toMatchObject({ outcome: 'unbound' })
    expect(await playAlone({ list: [GONE] })).toMatchObject({ outcome: 'not-bound' })
    const refusing: Script = { list: [LISTED], unbind: [code('4000')] }
    expect(await playAlone(refusing)).toMatchObject({ outcome: 'refused' })
  })

  test('is carried out once where it is given twice at once, and never beside itself', async () => {
    const processor = processorOf({ list: [LISTED, GONE], unbind: [DONE] })
    const outcomes = await Promise.all([processor.process(JOB), processor.process(JOB)])
    expect(outcomes[1]).toEqual(outcomes[0])
    expect(log).toEqual(['list', 'mark', 'unbind', 'list', 'keep'])
  })

  test('what the store holds must be an outcome', async () => {
    const broken: SentMarks = { ...marks, outcomeOf: async () => '{"outcome":"retry"}' }
    await expect(play(gone, { marks: broken })).rejects.toThrow(TypeError)
    expect(log).toEqual([])
  })
})
