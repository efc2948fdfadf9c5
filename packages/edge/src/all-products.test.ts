import { ProductGateway } from '@internal/testkit/product-gateway'
import { vectorKey } from '@internal/vectors'
import { ensureUnbound, listAll, type Caller, type FetchInit } from '@llpay/core'
import { describe, expect, test } from 'vitest'

import { createCaller } from './caller.ts'
import { createClient } from './create-client.ts'

const keys = { own: vectorKey('k2048'), foreign: vectorKey('k3072') }

function start() {
  const gateway = new ProductGateway({ D: { list: 'listed' }, N: { list: 'refused-3010' } }, keys)
  const fetch = async (url: string, { body }: FetchInit) => {
    const reply = await gateway.transport({ url, body: new Uint8Array(body) })
    return new Response(Buffer.from(reply.body), { status: reply.status })
  }
  const config = {
    oidPartner: '201304121000001004',
    privateKey: vectorKey('k1024').pkcs1Base64,
    gatewayPublicKey: keys.own.spkiPem,
    baseUrl: 'http://localhost',
    fetch,
  }
  return { card: gateway.card, config }
}

const wrapped = (caller: Caller): Caller => ({
  call: (api, params, options) => caller.call(api, params, options),
})

const UNBOUND = { outcome: 'unbound', payTypes: ['D'], undecided: ['N'], attempts: 1 }
const NOT_BOUND = { outcome: 'not-bound', undecided: ['N'], evidence: 'unsigned-query' }

describe('all products', () => {
  test('are methods of a client', async () => {
    const { card, config } = start()
    const client = createClient(config)
    const { user_id } = card
    expect(await client.card.listAll({ user_id })).toMatchObject({
      cards: [{ no_agree: card.no_agree, pay_type: 'D' }],
      undecided: ['N'],
    })
    expect(await client.card.ensureUnbound(card)).toMatchObject(UNBOUND)
    expect(await client.card.ensureUnbound(card)).toMatchObject(NOT_BOUND)
  })

  test.each([
    ['a caller', (caller: Caller) => caller],
    ['a caller that is wrapped', wrapped],
  ])('are functions over %s', async (_, wrap) => {
    const { card, config } = start()
    const caller = wrap(createCaller(config))
    const { user_id } = card
    expect(await ensureUnbound(caller, card)).toMatchObject(UNBOUND)
    expect(await ensureUnbound(caller, card)).toMatchObject(NOT_BOUND)
    expect(await listAll(caller, { user_id })).toEqual({ cards: [], undecided: ['N'] })
  })
})
