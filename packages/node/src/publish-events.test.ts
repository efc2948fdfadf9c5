import { subscribe, unsubscribe } from 'node:diagnostics_channel'

import { serve } from '@internal/testkit/local-server'
import { withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import type { ClientEvent } from '@llpay/core'
import { expect, test } from 'vitest'

import { createClient } from './create-client.ts'

const gateway = vectorKey('k1024')
const done = JSON.stringify(withSign({ ret_code: '0000', sign_type: 'RSA' }, gateway.pkcs8Pem))
const params = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }

test('subscribers of llpay:event get every event that onEvent gets', async () => {
  await using server = await serve((_, response) => response.end(done))
  const reported: ClientEvent[] = []
  const heard: unknown[] = []
  const hear = (event: unknown, channel: string | symbol) => heard.push([channel, event])
  const client = createClient({
    oidPartner: '201304121000001004',
    privateKey: vectorKey('k2048').pkcs8Pem,
    gatewayPublicKey: gateway.spkiPem,
    baseUrl: server.url,
    settle: 'never',
    onEvent(event) {
      reported.push(event)
      throw new Error('a listener that fails')
    },
  })
  subscribe('llpay:event', hear)
  await client.card.unbind(params)
  unsubscribe('llpay:event', hear)
  await client.card.unbind(params)
  const once = ['request', 'answer', 'verification']
  expect(reported.map(({ type }) => type)).toEqual([...once, ...once])
  expect(heard).toEqual(reported.slice(0, 3).map((event) => ['llpay:event', event]))
  expect(JSON.stringify(heard)).not.toContain('2014031710002121')
})

test('the channel gets events without onEvent, and after a failure too', async () => {
  const heard: unknown[] = []
  const hear = (event: unknown) => heard.push(event)
  const client = createClient({
    oidPartner: '201304121000001004',
    privateKey: vectorKey('k2048').pkcs8Pem,
    gatewayPublicKey: gateway.spkiPem,
    transport: () => Promise.reject(new Error('CANARY')),
    settle: 'never',
    retry: 0,
  })
  subscribe('llpay:event', hear)
  await expect(client.card.unbind(params)).rejects.toMatchObject({ code: 'ERR_OUTCOME_UNKNOWN' })
  unsubscribe('llpay:event', hear)
  expect(heard).toMatchObject([
    { type: 'request', api: 'card.unbind', attempt: 1 },
    { type: 'failure', code: 'ERR_TRANSPORT_CLOSED', delivered: 'unknown' },
  ])
  expect(JSON.stringify(heard)).not.toContain('CANARY')
})
