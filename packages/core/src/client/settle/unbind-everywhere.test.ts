import { virtualClock } from '@internal/testkit/clocks'
import {
  ProductGateway,
  type ListBehaviour,
  type ProductBehaviour,
  type UnbindBehaviour,
} from '@internal/testkit/product-gateway'
import { fuzzRuns } from '@internal/testkit/random'
import { plainSigner } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'

import { isLLPayError } from '../../errors/is-ll-pay-error.ts'
import type { CallerParts } from '../call-options.ts'
import { createCaller } from '../create-caller.ts'
import { ensureUnbound, type EnsureUnboundOptions } from '../ensure-unbound.ts'

// A virtual clock does not wait for what a call loads on demand.
beforeAll(async () => {
  await import('../execute-call.ts')
  await import('./unbind-everywhere.ts')
})

const ALL = ['2', '3', 'D', 'P', 'M', 'F', 'N']
const ABSENT = ['absent-signed', 'absent-8901', 'absent-3003', 'absent-3011'] as const
const LACKING = ['refused-1004', 'refused-3010', 'refused-5601'] as const
const keys = { own: vectorKey('k1024'), foreign: vectorKey('k3072') }
const signer = plainSigner(vectorKey('k2048').pkcs8Pem)

type Products = Readonly<Record<string, ProductBehaviour>>

function start(products: Products, parts: Partial<CallerParts> = {}) {
  const clock = virtualClock()
  const gateway = new ProductGateway(products, keys, () => clock.sleep(10))
  const { transport, verifier, card } = gateway
  const caller = createCaller({
    oidPartner: '201304121000001004',
    timeoutMs: 600_000,
    retry: 1,
    signer,
    verifiers: [verifier],
    clock,
    transport,
    ...parts,
  })
  const ensure = (options?: EnsureUnboundOptions, params: object = {}) =>
    ensureUnbound(caller, { ...card, ...params }, options).catch((error: unknown) => error)
  return { gateway, clock, caller, ensure }
}

const onlyListed = (lists: Readonly<Record<string, ListBehaviour>>): Products =>
  Object.fromEntries(Object.entries(lists).map(([payType, list]) => [payType, { list }]))
const everywhere = (list: ListBehaviour, more: Products = {}): Products => ({
  ...Object.fromEntries(ALL.map((payType) => [payType, { list }])),
  ...more,
})

describe('a card', () => {
  test.each(ALL)('that is bound for %s alone is unbound for it', async (payType) => {
    const { gateway, ensure } = start(onlyListed({ [payType]: 'listed' }))
    expect(await ensure()).toEqual({
      outcome: 'unbound',
      payTypes: [payType],
      evidence: 'signed-reply',
      reply: expect.objectContaining({ signature: 'verified' }),
      attempts: 1,
      undecided: [],
    })
    expect([...gateway.unbound]).toEqual([payType])
    expect(gateway.count('unbind')).toBe(1)
  })

  test('that is bound for several products is unbound for each, with the weakest evidence', async () => {
    const { gateway, ensure } = start({
      D: { list: 'listed', unbind: 'lost' },
      F: { list: 'listed' },
      N: { list: 'listed', unbind: 'lost-before' },
      M: { list: 'refused-3010' },
    })
    expect(await ensure()).toMatchObject({
      outcome: 'unbound',
      payTypes: ['D', 'F', 'N'],
      evidence: 'signed-query',
      attempts: 4,
      undecided: ['M'],
    })
    expect([...gateway.unbound]).toEqual(['D', 'F', 'N'])
  })

  test('that is bound for no product is not-bound, and nothing is sent', async () => {
    const { gateway, ensure } = start(everywhere('absent-signed'))
    expect(await ensure()).toEqual({
      outcome: 'not-bound',
      queried: ALL,
      undecided: [],
      evidence: 'signed-query',
    })
    expect(gateway.count('unbind')).toBe(0)
    expect(gateway.count('list')).toBe(ALL.length)
  })

  test.each(ABSENT.slice(1))('is not bound where one list says %s, unsigned', async (list) => {
    const { ensure } = start(everywhere('absent-signed', { P: { list } }))
    expect(await ensure()).toMatchObject({ outcome: 'not-bound', evidence: 'unsigned-query' })
  })

  test.each(LACKING)(
    'of a product that the merchant lacks (%s) leaves it undecided',
    async (list) => {
      const { ensure } = start(everywhere('absent-signed', { P: { list }, N: { list } }))
      expect(await ensure()).toMatchObject({
        outcome: 'not-bound',
        queried: ['2', '3', 'D', 'M', 'F'],
        undecided: ['P', 'N'],
      })
    },
  )

  test.each(LACKING)('that no list decides (%s) is not called not-bound', async (list) => {
    const { gateway, ensure } = start(everywhere(list))
    const returnCode = list.slice(-4)
    expect(await ensure()).toMatchObject({ name: 'RejectedError', returnCode, delivered: 'no' })
    expect(gateway.count('unbind')).toBe(0)
  })
})

describe('payTypes', () => {
  test('limit what is queried and unbound', async () => {
    const { gateway, ensure } = start(everywhere('listed'))
    expect(await ensure({ payTypes: ['D'] })).toMatchObject({ outcome: 'unbound', payTypes: ['D'] })
    expect(gateway.received.every(({ payType }) => payType === 'D')).toBe(true)
  })

  test('of the client count as well', async () => {
    const { gateway, ensure } = start(everywhere('absent-signed'), { payTypes: ['3', 'P'] })
    expect(await ensure()).toMatchObject({ outcome: 'not-bound', queried: ['3', 'P'] })
    expect(gateway.count('list')).toBe(2)
  })

  test.each(LACKING)('that are named are not undecided: %s is the error', async (list) => {
    const { ensure } = start(everywhere('absent-signed', { D: { list } }))
    expect(await ensure({ payTypes: ['2', 'D'] })).toMatchObject({
      name: 'RejectedError',
      returnCode: list.slice(-4),
      delivered: 'no',
    })
  })
})

describe('a list that cannot be trusted', () => {
  test.each(ALL)('(%s) ends the call before anything is sent', async (payType) => {
    const { gateway, ensure } = start(everywhere('listed', { [payType]: { list: 'forged' } }))
    expect(await ensure()).toMatchObject({ name: 'SignatureError', delivered: 'no' })
    expect(gateway.count('unbind')).toBe(0)
  })

  test('outweighs one that is down', async () => {
    const { ensure } = start(everywhere('down', { N: { list: 'forged' } }))
    expect(await ensure()).toMatchObject({ name: 'SignatureError', delivered: 'no' })
  })

  test('after something was sent leaves it unknown whether the card is unbound', async () => {
    const { ensure } = start({
      D: { list: 'listed', later: 'listed' },
      P: { list: 'others', later: 'forged' },
    })
    expect(await ensure()).toMatchObject({ name: 'SignatureError', delivered: 'unknown' })
  })
})

describe('a list that proves nothing', () => {
  test.each<[ListBehaviour, object]>([
    ['down', { name: 'TransportError', code: 'ERR_TRANSPORT_CLOSED' }],
    ['status-503', { name: 'TransportError', code: 'ERR_TRANSPORT_STATUS', status: 503 }],
    ['garbled', { name: 'ProtocolError', code: 'ERR_REPLY_NOT_JSON' }],
    ['refused-9999', { name: 'RejectedError', returnCode: '9999' }],
    ['others', { name: 'UnknownOutcomeError', attempts: 0, lastSeen: 'inconclusive' }],
    ['hang', { name: 'TransportError', code: 'ERR_TRANSPORT_TIMEOUT' }],
  ])('(%s) is the error where no list shows the card, and nothing is sent', async (list, error) => {
    const { gateway, ensure } = start(everywhere('absent-signed', { M: { list } }))
    expect(await ensure()).toMatchObject({ ...error, delivered: 'no' })
    expect(gateway.count('unbind')).toBe(0)
  })

  test.each<ListBehaviour>(['down', 'status-503', 'garbled', 'refused-9999', 'others', 'hang'])(
    '(%s) does not keep the others from being unbound, but the outcome is unknown',
    async (list) => {
      const { gateway, ensure } = start({
        2: { list },
        3: { list },
        D: { list },
        N: { list: 'listed' },
      })
      expect(await ensure()).toMatchObject({
        name: 'UnknownOutcomeError',
        attempts: 1,
        delivered: 'unknown',
      })
      expect([...gateway.unbound]).toEqual(['N'])
    },
  )

  test.each<[ListBehaviour, object]>([
    ['listed', { outcome: 'unbound', payTypes: ['N', '2'], attempts: 2 }],
    ['absent-signed', { outcome: 'unbound', payTypes: ['N'], attempts: 1 }],
    ['refused-5601', { outcome: 'unbound', payTypes: ['N'], undecided: ['2'] }],
  ])('is queried again last, and may then say %s', async (later, outcome) => {
    const { gateway, ensure } = start({ 2: { list: 'others', later }, N: { list: 'listed' } })
    expect(await ensure()).toMatchObject(outcome)
    const order = gateway.received.map(({ kind, payType }) => kind + payType)
    expect(order.lastIndexOf('list2')).toBeGreaterThan(order.indexOf('unbindN'))
  })

  test('says nothing of a code for a change: a list that was refused names its code', async () => {
    const { ensure } = start({ D: { list: 'refused-9999' }, N: { list: 'listed', unbind: 'gone' } })
    expect(await ensure()).toMatchObject({ name: 'UnknownOutcomeError', attempts: 1 })
  })
})

describe('a card that another call unbinds meanwhile', () => {
  test('is not bound, where the list agrees with the refusal', async () => {
    const { ensure } = start({ D: { list: 'listed', unbind: 'gone' } })
    expect(await ensure()).toMatchObject({ outcome: 'not-bound', queried: ALL })
  })

  test('for one product is unbound for the other', async () => {
    const { ensure } = start({ D: { list: 'listed', unbind: 'gone' }, F: { list: 'listed' } })
    expect(await ensure()).toMatchObject({ outcome: 'unbound', payTypes: ['F'], attempts: 2 })
  })

  test('is unknown, where the list goes on showing it', async () => {
    const { ensure } = start({ D: { list: 'listed', unbind: 'contradiction' } })
    expect(await ensure()).toMatchObject({
      name: 'UnknownOutcomeError',
      lastSeen: 'listed',
      payType: 'D',
      attempts: 1,
    })
  })

  test('is not sent for, once its list no longer shows it', async () => {
    const { gateway, ensure } = start({ D: { list: 'listed', later: 'absent-signed' } })
    expect(await ensure()).toMatchObject({ outcome: 'not-bound' })
    expect(gateway.count('unbind')).toBe(0)
  })

  test('twice at once: one call unbinds it, and neither fails', async () => {
    const { gateway, ensure } = start({ D: { list: 'listed' }, P: { list: 'listed' } })
    const outcomes = await Promise.all([ensure(), ensure()])
    for (const outcome of outcomes) expect(isLLPayError(outcome)).toBe(false)
    expect(outcomes).toContainEqual(expect.objectContaining({ outcome: 'unbound' }))
    expect([...gateway.unbound].toSorted()).toEqual(['D', 'P'])
  })

  test('one call after the other: the second finds it not bound', async () => {
    const { gateway, ensure } = start({ D: { list: 'listed' } })
    expect(await ensure()).toMatchObject({ outcome: 'unbound' })
    expect(await ensure()).toMatchObject({ outcome: 'not-bound' })
    expect(gateway.count('unbind')).toBe(1)
  })
})

describe('a product after which another one fails', () => {
  test.each<UnbindBehaviour>(['refused', 'contradiction'])(
    'leaves no refusal, but an unknown outcome that names both (%s)',
    async (how) => {
      const { ensure } = start({ 3: { list: 'listed' }, D: { list: 'listed', unbind: how } })
      const error = await ensure()
      expect(error).toMatchObject({ name: 'UnknownOutcomeError', payType: 'D', attempts: 2 })
      expect(error).toHaveProperty(
        'message',
        expect.stringMatching(/pay_type D is unknown.*pay_type 3/),
      )
    },
  )

  test('keeps the refusal where nothing was unbound', async () => {
    const { ensure } = start({
      3: { list: 'listed', unbind: 'gone' },
      D: { list: 'listed', unbind: 'refused' },
    })
    expect(await ensure()).toMatchObject({
      name: 'RejectedError',
      returnCode: '4000',
      delivered: 'yes',
    })
  })

  test('is not hidden by a hook that throws', async () => {
    let calls = 0
    const beforeSending = async () => {
      calls += 1
      if (calls === 2) throw new Error('no more')
    }
    const { gateway, ensure } = start({ 3: { list: 'listed' }, D: { list: 'listed' } })
    expect(await ensure({ beforeSending })).toMatchObject({
      name: 'CallbackError',
      delivered: 'unknown',
    })
    expect([...gateway.unbound]).toEqual(['3'])
  })
})

describe('time', () => {
  const HANGING = everywhere('hang')

  test('is one deadline for all lists', async () => {
    const { clock, ensure } = start(HANGING, { timeoutMs: 9_000 })
    expect(await ensure()).toMatchObject({ name: 'TransportError', delivered: 'no' })
    expect(clock.now()).toBeLessThanOrEqual(9_500)
  })

  test('that lists without a reply take does not keep the last product from being unbound', async () => {
    const { gateway, ensure } = start({ ...HANGING, N: { list: 'listed' } }, { timeoutMs: 9_000 })
    expect(await ensure()).toMatchObject({ name: 'UnknownOutcomeError', attempts: 1 })
    expect([...gateway.unbound]).toEqual(['N'])
  })

  test('has run out after a success: the outcome is unknown', async () => {
    const controller = new AbortController()
    const beforeSending = async () => {
      if (gateway.unbound.size === 1) controller.abort()
    }
    const { gateway, ensure } = start({ 3: { list: 'listed' }, D: { list: 'listed' } })
    expect(await ensure({ signal: controller.signal, beforeSending })).toMatchObject({
      name: 'UnknownOutcomeError',
      payType: 'D',
    })
  })

  test('is over when the caller aborts: before anything was sent, nothing is', async () => {
    const controller = new AbortController()
    const { gateway, ensure } = start(everywhere('hang', { 2: { list: 'listed' } }))
    const ended = ensure({ signal: controller.signal })
    controller.abort()
    expect(await ended).toMatchObject({ code: 'ERR_TRANSPORT_ABORTED', delivered: 'no' })
    expect(gateway.count('unbind')).toBe(0)
  })

  test('is spent on three lists at once', async () => {
    const { gateway, ensure } = start({})
    await ensure()
    expect(gateway.most).toBe(3)
  })
})

describe('resume', () => {
  test('takes a card that no list shows any more for unbound', async () => {
    const { ensure } = start({ D: { list: 'absent-signed' } })
    expect(await ensure({ resume: true })).toMatchObject({
      outcome: 'unbound',
      payTypes: [],
      evidence: 'unsigned-query',
      attempts: 0,
    })
  })

  test.each<[ListBehaviour, string]>([
    ['down', 'UnknownOutcomeError'],
    ['others', 'UnknownOutcomeError'],
    ['forged', 'SignatureError'],
  ])('never says that nothing was sent (%s)', async (list, name) => {
    const { ensure } = start({ D: { list } })
    expect(await ensure({ resume: true })).toMatchObject({ name, delivered: 'unknown' })
  })
})

describe('what is refused before anything is sent', () => {
  test.each<[string, object]>([
    ['a pay_type', { pay_type: 'D' }],
    ['no no_agree', { no_agree: undefined }],
    ['a mangled no_agree', { no_agree: '2.01403E+15' }],
  ])('%s', async (_, params) => {
    const { gateway, ensure } = start({})
    expect(await ensure({}, params)).toMatchObject({ code: 'ERR_PARAMETER_INVALID' })
    expect(gateway.received).toEqual([])
  })

  test.each<[object, string]>([
    [{ settle: 'auto' }, 'ERR_CONFIG_UNKNOWN_OPTION'],
    [{ payTypes: [] }, 'ERR_CONFIG_INVALID'],
    [{ other: 1 }, 'ERR_CONFIG_UNKNOWN_OPTION'],
  ])('the options %j', async (options, code) => {
    const { gateway, ensure } = start({})
    expect(await ensure(options)).toMatchObject({ code })
    expect(gateway.received).toEqual([])
  })
})

/** What DESIGN.md, section 5, says of a gateway whose lists do not change by themselves. */
function expected(products: Readonly<Record<string, Required<Omit<ProductBehaviour, 'later'>>>>) {
  const rows = ALL.map((payType) => ({ payType, ...products[payType] }))
  const where = (...lists: readonly unknown[]) =>
    rows.filter(({ list }) => lists.includes(list)).map(({ payType }) => payType)
  if (where('forged').length > 0) return { name: 'SignatureError', delivered: 'no', sent: 0 }
  const undecided = where(...LACKING)
  const open = rows.find(({ list }) => ['down', 'refused-9999', 'others'].includes(list ?? ''))
  const payTypes: string[] = []
  const gone = new Set<string>()
  let [sent, isLost] = [0, false]
  for (const { payType, list, unbind } of rows) {
    if (list !== 'listed') continue
    sent += unbind === 'lost-before' ? 2 : 1
    if (unbind === 'forged') return { name: 'SignatureError', delivered: 'unknown', sent }
    if (unbind === 'contradiction') return { name: 'UnknownOutcomeError', attempts: sent, sent }
    if (unbind === 'refused') {
      return payTypes.length > 0
        ? { name: 'UnknownOutcomeError', attempts: sent, sent }
        : { name: 'RejectedError', returnCode: '4000', delivered: 'yes', sent }
    }
    if (unbind === 'gone') gone.add(payType)
    else payTypes.push(payType)
    isLost ||= unbind === 'lost'
  }
  if (open !== undefined) {
    if (sent > 0) return { name: 'UnknownOutcomeError', attempts: sent, delivered: 'unknown', sent }
    return { delivered: 'no', sent }
  }
  if (payTypes.length > 0) {
    const evidence = isLost ? 'signed-query' : 'signed-reply'
    return { outcome: 'unbound', payTypes, attempts: sent, undecided, evidence, sent }
  }
  const absent = where(...ABSENT)
  const queried = ALL.filter((each) => absent.includes(each) || gone.has(each))
  if (queried.length === 0) return { name: 'RejectedError', delivered: 'no', sent }
  const isSigned = where(...ABSENT.slice(1)).length === 0
  const evidence = isSigned ? 'signed-query' : 'unsigned-query'
  return { outcome: 'not-bound', queried, undecided, evidence, sent }
}

const LIST = fc.oneof(
  { weight: 3, arbitrary: fc.constant<ListBehaviour>('listed') },
  { weight: 5, arbitrary: fc.constantFrom<ListBehaviour[]>(...ABSENT) },
  { weight: 2, arbitrary: fc.constantFrom<ListBehaviour[]>(...LACKING) },
  { weight: 1, arbitrary: fc.constantFrom<ListBehaviour[]>('down', 'refused-9999', 'others') },
)
const UNBIND = fc.constantFrom<UnbindBehaviour[]>(
  ...([
    'done',
    'done',
    'done',
    'lost',
    'lost-before',
    'refused',
    'gone',
    'contradiction',
    'forged',
  ] as const),
)
const forgedAt = fc.option(fc.constantFrom(...ALL), { freq: 8, nil: undefined })
const PRODUCTS = fc
  .tuple(
    fc.array(fc.record({ list: LIST, unbind: UNBIND }), { minLength: 7, maxLength: 7 }),
    forgedAt,
  )
  .map(([rows, forged]) =>
    Object.fromEntries(
      ALL.flatMap((payType, index) => {
        const row = rows[index]
        if (row === undefined) return []
        return [[payType, payType === forged ? { ...row, list: 'forged' as const } : row]]
      }),
    ),
  )

test('whatever the lists of the products say, the outcome is the one of the design', async () => {
  await fc.assert(
    fc.asyncProperty(PRODUCTS, async (products) => {
      const { sent, ...outcome } = expected(products)
      const { gateway, ensure } = start(products)
      expect(await ensure()).toMatchObject(outcome)
      expect(gateway.count('unbind')).toBe(sent)
    }),
    fuzzRuns(150),
  )
})
