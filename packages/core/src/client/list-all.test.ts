import { virtualClock } from '@internal/testkit/clocks'
import { ProductGateway, type ListBehaviour } from '@internal/testkit/product-gateway'
import { plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { beforeAll, describe, expect, test } from 'vitest'

import type { HttpRequest } from '../transport/port.ts'
import type { CallerParts, CallOptions } from './call-options.ts'
import { createCaller } from './create-caller.ts'
import { listAll } from './list-all.ts'

// A virtual clock does not wait for what a call loads on demand.
beforeAll(async () => {
  await import('./execute-call.ts')
  await import('./list-every-product.ts')
})

const ALL = ['2', '3', 'D', 'P', 'M', 'F', 'N']
const keys = { own: vectorKey('k1024'), foreign: vectorKey('k3072') }
const signer = plainSigner(vectorKey('k2048').pkcs8Pem)

const callerOf = (parts: Pick<CallerParts, 'transport'> & Partial<CallerParts>) =>
  createCaller({
    oidPartner: '201304121000001004',
    timeoutMs: 30_000,
    retry: 0,
    signer,
    verifiers: [plainVerifier(keys.own.spkiPem)],
    ...parts,
  })

function start(
  lists: Readonly<Record<string, ListBehaviour>>,
  usual: ListBehaviour = 'absent-8901',
) {
  const clock = virtualClock()
  const products = Object.fromEntries(ALL.map((each) => [each, { list: lists[each] ?? usual }]))
  const gateway = new ProductGateway(products, keys, () => clock.sleep(10))
  const caller = callerOf({ transport: gateway.transport, clock })
  const all = (options?: CallOptions) =>
    listAll(caller, { user_id: 'customer' }, options).catch((error: unknown) => error)
  return { gateway, clock, all }
}

describe('the cards', () => {
  test('are those of all products, each with its product', async () => {
    const { gateway, all } = start({ 2: 'listed', N: 'others', P: 'absent-signed' })
    expect(await all()).toEqual({
      cards: [
        { no_agree: gateway.card.no_agree, bank_name: 'Bank', pay_type: '2' },
        { no_agree: '2014031710002122', bank_name: 'Bank', pay_type: 'N' },
      ],
      undecided: [],
    })
    expect(gateway.most).toBe(3)
  })

  test('have no prototype, as all that is returned', async () => {
    const all = Object(await start({ D: 'listed' }).all())
    for (const each of [all, all.cards[0]]) expect(Object.getPrototypeOf(each)).toBe(null)
  })

  test.each<ListBehaviour>(['absent-signed', 'absent-8901', 'absent-3003', 'absent-3011'])(
    'are none where every list says %s',
    async (list) => {
      expect(await start({}, list).all()).toEqual({ cards: [], undecided: [] })
    },
  )

  test.each<ListBehaviour>(['refused-1004', 'refused-3010', 'refused-5601'])(
    'of a product that the merchant lacks (%s) are named as undecided',
    async (list) => {
      const { all } = start({ D: 'listed', P: list, F: list })
      expect(await all()).toMatchObject({ cards: [{ pay_type: 'D' }], undecided: ['P', 'F'] })
    },
  )

  test('are not none where no list says so', async () => {
    const { all } = start({}, 'refused-3010')
    expect(await all()).toMatchObject({ name: 'RejectedError', returnCode: '3010' })
  })

  test('are those of the products that the caller names', async () => {
    const { gateway, all } = start({ D: 'listed', P: 'listed' })
    expect(await all({ payTypes: ['P'] })).toMatchObject({ cards: [{ pay_type: 'P' }] })
    expect(gateway.received.every(({ payType }) => payType === 'P')).toBe(true)
  })
})

describe('a list that cannot be had or trusted', () => {
  test.each<[ListBehaviour, object]>([
    ['down', { name: 'TransportError' }],
    ['status-503', { code: 'ERR_TRANSPORT_STATUS' }],
    ['garbled', { code: 'ERR_REPLY_NOT_JSON' }],
    ['refused-9999', { returnCode: '9999' }],
    ['forged', { name: 'SignatureError' }],
    ['hang', { code: 'ERR_TRANSPORT_TIMEOUT' }],
  ])('(%s) is the error, and no part of the cards is returned', async (list, error) => {
    expect(await start({ D: 'listed', F: list }).all()).toMatchObject(error)
  })

  test('is an error too for a product that the caller names and the merchant lacks', async () => {
    const { all } = start({ P: 'refused-3010' })
    expect(await all({ payTypes: ['D', 'P'] })).toMatchObject({ returnCode: '3010' })
  })

  test.each(ALL)('outweighs one that is down where it is forged (%s)', async (payType) => {
    const { all } = start({ [payType]: 'forged' }, 'down')
    expect(await all()).toMatchObject({ name: 'SignatureError' })
  })
})

const row = (index: number) => ({ no_agree: String(index) })

/** Replies with pages of two rows out of a total. */
const pagesOf = (total: number, count: (rows: readonly object[]) => string) => {
  const offsets: string[] = []
  const transport = async ({ body }: HttpRequest) => {
    const { offset = '' }: Record<string, string> = JSON.parse(Buffer.from(body).toString())
    offsets.push(offset)
    const rows = Array.from({ length: total }, (_, index) => row(index))
    const page = rows.slice(Number(offset), Number(offset) + 2)
    const members = { ret_code: '0000', sign_type: 'RSA', user_id: 'customer', count: count(page) }
    const text = JSON.stringify({ ...withSign(members, keys.own.pkcs8Pem), agreement_list: page })
    return { status: 200, headers: {}, body: Buffer.from(text) }
  }
  const caller = callerOf({ transport })
  const cards = () =>
    listAll(caller, { user_id: 'customer' }, { payTypes: ['D'] }).catch((error: unknown) => error)
  return { cards, offsets }
}

describe('the pages', () => {
  test.each<[string, (rows: readonly object[]) => string]>([
    ['all rows', () => '5'],
    ['the rows of the page', (rows) => String(rows.length)],
  ])('are all read, whether count is of %s', async (_, count) => {
    const { cards, offsets } = pagesOf(5, count)
    expect(await cards()).toMatchObject({ cards: [0, 1, 2, 3, 4].map(row) })
    expect(offsets).toEqual(['0', '2', '4', '5'])
  })

  test.each([
    ['a count of rows that are missing', 0, '3'],
    ['rows that the signed count denies', 2, '0'],
  ])('are not list with %s', async (_, total, count) => {
    expect(await pagesOf(total, () => count).cards()).toMatchObject({ code: 'ERR_REPLY_INVALID' })
  })
})

test('the caller may end it at any time', async () => {
  const controller = new AbortController()
  const ended = start({}, 'hang').all({ signal: controller.signal })
  controller.abort()
  expect(await ended).toMatchObject({ code: 'ERR_TRANSPORT_ABORTED' })
})

test('a parameter that it lacks is refused before anything is sent', async () => {
  const { gateway } = start({})
  const caller = callerOf({ transport: gateway.transport })
  const params = { user_id: 'customer', pay_type: 'D' }
  await expect(listAll(caller, params)).rejects.toMatchObject({ code: 'ERR_PARAMETER_INVALID' })
  expect(gateway.received).toEqual([])
})
