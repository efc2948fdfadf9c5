import { startSandbox } from '@llpay/sandbox/node'
import { expect, test } from 'vitest'

test('a customer removes a card, taps twice, and a lost reply does no harm', async () => {
  await using sandbox = await startSandbox({
    cards: [{ user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }],
  })
  Object.assign(process.env, sandbox.env)
  const { app } = await import('./fastify.ts') // reads the variables
  const tap = (no_agree: string) =>
    app.inject({
      method: 'DELETE',
      url: `/cards/${no_agree}`,
      headers: { authorization: 'Bearer demo' },
    })

  sandbox.state.play('close-after', { api: 'card.unbind', next: 1 }) // the first reply is lost
  expect((await tap('2014031710002121')).json()).toEqual({ outcome: 'unbound' })
  expect((await tap('2014031710002121')).json()).toEqual({ outcome: 'not-bound' })

  const mangled = await tap('2.01403E+15')
  expect(mangled.statusCode).toBe(400)
  expect(mangled.json()).toMatchObject({ type: 'urn:llpay:ERR_PARAMETER_INVALID' })
})
