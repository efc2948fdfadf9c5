import { toProblem } from '@llpay/node'
import { Hono } from 'hono'

import { llpay } from './llpay.ts'
import { customerOf } from './session.ts'

export const app = new Hono()

app.delete('/cards/:no_agree', async (c) => {
  const user_id = customerOf(c.req.header('authorization'))
  if (user_id === undefined) return c.body(null, 401)
  try {
    const { outcome } = await llpay.card.ensureUnbound({
      user_id,
      no_agree: c.req.param('no_agree'),
    })
    return c.json({ outcome })
  } catch (error) {
    const problem = toProblem(error)
    console.error(problem.code, problem.delivered, problem.returnCode)
    return Response.json(problem, {
      status: problem.status,
      headers: { 'content-type': 'application/problem+json' },
    })
  }
})
