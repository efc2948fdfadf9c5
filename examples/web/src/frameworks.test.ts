import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import { startSandbox } from '@llpay/sandbox/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

// Every example of the guide removes a card, hears of the second tap, and maps an error.

type Send = (no_agree: string, login?: Record<string, string>) => Promise<Response>

const headers: Record<string, string> = { authorization: 'Bearer demo' }
const FRAMEWORKS = ['express', 'fastify', 'hono', 'worker', 'next-route'] as const
const agreement = (index: number) => `201403171000212${index}`

let sandbox: Awaited<ReturnType<typeof startSandbox>>
beforeAll(async () => {
  sandbox = await startSandbox({
    cards: FRAMEWORKS.map((_, index) => ({
      user_id: '1234567',
      no_agree: agreement(index),
      pay_type: index % 2 === 0 ? 'D' : '2',
    })),
  })
  Object.assign(process.env, sandbox.env)
})
afterAll(() => sandbox[Symbol.asyncDispose]())

const request = (no_agree: string, login = headers) =>
  new Request(`http://app.test/cards/${no_agree}`, { method: 'DELETE', headers: login })

const SENDERS: Readonly<Record<(typeof FRAMEWORKS)[number], () => Promise<Send>>> = {
  async express() {
    const { app } = await import('./express.ts')
    const server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    afterAll(() => server.close())
    const { port }: AddressInfo = Object(server.address())
    return (no_agree, login = headers) => {
      const url = `http://127.0.0.1:${port}/cards/${no_agree}`
      return fetch(url, { method: 'DELETE', headers: login })
    }
  },
  async fastify() {
    const { app } = await import('./fastify.ts')
    return async (no_agree, login = headers) => {
      const { body, statusCode } = await app.inject({
        method: 'DELETE',
        url: `/cards/${no_agree}`,
        headers: login,
      })
      return new Response(body, { status: statusCode })
    }
  },
  async hono() {
    const { app } = await import('./hono.ts')
    return async (no_agree, login) => app.request(request(no_agree, login))
  },
  async worker() {
    const { app } = await import('./worker.ts')
    const { LLPAY_OID_PARTNER = '', LLPAY_PRIVATE_KEY = '' } = sandbox.env
    const { LLPAY_GATEWAY_KEY = '', LLPAY_BASE_URL = '' } = sandbox.env
    const env = { LLPAY_OID_PARTNER, LLPAY_PRIVATE_KEY, LLPAY_GATEWAY_KEY, LLPAY_BASE_URL }
    return async (no_agree, login) => app.request(request(no_agree, login), undefined, env)
  },
  async 'next-route'() {
    const { DELETE } = await import('./next-route.ts')
    return (no_agree, login) =>
      DELETE(request(no_agree, login), { params: Promise.resolve({ no_agree }) })
  },
}

describe.each(FRAMEWORKS.map((name, index) => [name, index] as const))('%s', (name, index) => {
  test('a double tap, and a value that a spreadsheet mangled', async () => {
    const send = await SENDERS[name]()
    const outcomes = [await send(agreement(index)), await send(agreement(index))]
    expect(await Promise.all(outcomes.map((each) => each.json()))).toEqual([
      { outcome: 'unbound' },
      { outcome: 'not-bound' },
    ])
    const mangled = await send('2.01403E+15')
    expect(mangled.status).toBe(400)
    expect(await mangled.json()).toMatchObject({ code: 'ERR_PARAMETER_INVALID', delivered: 'no' })
  })

  test('a request without a login is refused', async () => {
    const send = await SENDERS[name]()
    expect((await send(agreement(index), {})).status).toBe(401)
  })
})
