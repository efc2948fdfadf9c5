import { createClient, toProblem, type Client } from '@llpay/edge'
import { Hono } from 'hono'

import { customerOf } from './session.ts'

type Secret = 'LLPAY_OID_PARTNER' | 'LLPAY_PRIVATE_KEY' | 'LLPAY_GATEWAY_KEY' | 'LLPAY_BASE_URL'

let client: Client | undefined // kept between requests: reading keys costs more than signing
const clientFor = (env: Record<Secret, string>): Client =>
  (client ??= createClient({
    oidPartner: env.LLPAY_OID_PARTNER,
    privateKey: env.LLPAY_PRIVATE_KEY,
    gatewayPublicKey: env.LLPAY_GATEWAY_KEY,
    baseUrl: env.LLPAY_BASE_URL,
    settle: 'always', // workerd shares connections between requests
    timeoutMs: 15_000,
    onEvent: (event) => console.log(JSON.stringify(event)),
  }))

export const app = new Hono<{ Bindings: Record<Secret, string> }>()

app.delete('/cards/:no_agree', async (c) => {
  const user_id = customerOf(c.req.header('authorization'))
  if (user_id === undefined) return c.body(null, 401)
  try {
    const card = { user_id, no_agree: c.req.param('no_agree') }
    const { outcome } = await clientFor(c.env).card.ensureUnbound(card)
    return c.json({ outcome })
  } catch (error) {
    const problem = toProblem(error)
    console.error(problem.code, problem.delivered, problem.returnCode)
    const headers = { 'content-type': 'application/problem+json' }
    return Response.json(problem, { status: problem.status, headers })
  }
})
