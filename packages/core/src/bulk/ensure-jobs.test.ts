import { virtualClock } from '@internal/testkit/clocks'
import { ProductGateway, type ProductBehaviour } from '@internal/testkit/product-gateway'
import { plainSigner } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { beforeAll, describe, expect, test } from 'vitest'

import { createCaller } from '../client/create-caller.ts'
import type { SentMarks } from './marks.ts'
import { createUnbindProcessor } from './processor.ts'

// A virtual clock does not wait for what a call loads on demand.
beforeAll(async () => {
  await import('../client/execute-call.ts')
  await import('../client/settle/settle.ts')
  await import('../client/settle/unbind-everywhere.ts')
})

const OID = '201304121000001004'
const ALL = ['2', '3', 'D', 'P', 'M', 'F', 'N']
const keys = { own: vectorKey('k1024'), foreign: vectorKey('k3072') }
const signer = plainSigner(vectorKey('k2048').pkcs8Pem)

/** Marks in memory. */
function memoryMarks() {
  const counted = new Map<string, number>()
  const kept = new Map<string, string>()
  const countOf = (id: string) => counted.get(id) ?? 0
  const marks: SentMarks = {
    has: async (id) => countOf(id) > 0,
    add: async (id) => {
      if (kept.has(id)) return false
      counted.set(id, countOf(id) + 1)
      return countOf(id)
    },
    outcomeOf: async (id) => kept.get(id),
    keepOutcome: async (id, outcome, sends) => {
      if (!kept.has(id) && (sends ?? countOf(id)) === countOf(id)) kept.set(id, outcome)
      return kept.get(id)
    },
  }
  return { marks, counted }
}

function start(products: Readonly<Record<string, ProductBehaviour>>, withMarks = true) {
  const clock = virtualClock()
  const gateway = new ProductGateway(products, keys, () => clock.sleep(10))
  const { transport, verifier, card } = gateway
  const caller = createCaller({
    oidPartner: OID,
    timeoutMs: 600_000,
    retry: 0,
    signer,
    verifiers: [verifier],
    clock,
    transport,
  })
  const { marks, counted } = memoryMarks()
  const processor = createUnbindProcessor(caller, {
    oidPartner: OID,
    jobIdKey: new Uint8Array(32).fill(7),
    ensure: true,
    ...(withMarks ? { marks } : {}),
  })
  const play = (job: object = {}) => processor.process({ ...card, ...job })
  return { gateway, counted, marks, play }
}

describe('a job without pay_type', () => {
  test('is unbound for every product, with a mark for each request', async () => {
    const { gateway, counted, play } = start({ D: { list: 'listed' }, P: { list: 'listed' } })
    expect(await play()).toMatchObject({ outcome: 'unbound', evidence: 'signed-reply' })
    expect([...gateway.unbound]).toEqual(['D', 'P'])
    expect([...counted.values()]).toEqual([2])
  })

  test('is not bound where no list shows it', async () => {
    const { counted, play } = start({ N: { list: 'refused-3010' } })
    expect(await play()).toMatchObject({
      outcome: 'not-bound',
      evidence: 'unsigned-query',
      queried: ALL.slice(0, -1),
      undecided: ['N'],
      neverSent: true,
    })
    expect(counted.size).toBe(0)
  })

  test.each<[string, ProductBehaviour, object]>([
    ['a forged list', { list: 'forged' }, { outcome: 'unknown', stop: true }],
    ['a list that is down', { list: 'down' }, { outcome: 'retry', stop: false }],
    ['a list that LianLian refuses', { list: 'refused-9999' }, { outcome: 'retry', stop: false }],
    [
      'a list of other cards',
      { list: 'others' },
      { outcome: 'retry', code: 'ERR_LIST_INCONCLUSIVE', stop: false },
    ],
    [
      'a refusal',
      { list: 'listed', unbind: 'refused' },
      { outcome: 'refused', returnCode: '4000' },
    ],
    [
      'a contradiction',
      { list: 'listed', unbind: 'contradiction' },
      { outcome: 'retry', code: 'ERR_OUTCOME_UNKNOWN' },
    ],
  ])('ends as the design says after %s', async (_, product, verdict) => {
    expect(await start({ D: product }).play()).toMatchObject(verdict)
  })

  test('that was refused as unknown to LianLian is settled as sent', async () => {
    const { play } = start({ D: { list: 'listed', unbind: 'gone' } })
    expect(await play()).toMatchObject({ outcome: 'unbound', evidence: 'unsigned-query' })
  })

  test('whose mark appears behind the last query is settled as sent', async () => {
    const { marks, play } = start({})
    let reads = 0
    Object.assign(marks, { has: async () => (reads += 1) > 1 })
    expect(await play()).toMatchObject({ outcome: 'unbound', evidence: 'unsigned-query' })
    expect(reads).toBeGreaterThan(1)
  })

  test('that an earlier delivery sent is unbound, once no list shows it', async () => {
    const { gateway, marks, play } = start({})
    Object.assign(marks, { has: async () => true })
    expect(await play()).toMatchObject({ outcome: 'unbound', evidence: 'unsigned-query' })
    expect(gateway.count('unbind')).toBe(0)
  })

  test('with one product unbound and another refused is not called refused', async () => {
    const { play } = start({
      3: { list: 'listed' },
      D: { list: 'listed', unbind: 'refused' },
    })
    expect(await play()).toMatchObject({ outcome: 'retry', code: 'ERR_OUTCOME_UNKNOWN' })
  })

  test('without marks is not said to have never been sent', async () => {
    const { play } = start({}, false)
    expect(await play()).toMatchObject({ outcome: 'not-bound', neverSent: false })
  })
})

test('a job with pay_type is about that product alone', async () => {
  const { gateway, play } = start({ D: { list: 'listed' }, P: { list: 'listed' } })
  expect(await play({ pay_type: 'P' })).toMatchObject({ outcome: 'unbound' })
  expect([...gateway.unbound]).toEqual(['P'])
})

test('ensure must be true or false', () => {
  const options = { oidPartner: OID, jobIdKey: new Uint8Array(32), ensure: 'yes' }
  const caller = { call: () => Promise.reject(new Error('not called')) }
  expect(() => Reflect.apply(createUnbindProcessor, undefined, [caller, options])).toThrow('ensure')
})
