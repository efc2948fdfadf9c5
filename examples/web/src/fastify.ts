import { toProblem } from '@llpay/node'
import fastify from 'fastify'

import { llpay } from './llpay.ts'
import { customerOf } from './session.ts'

export const app = fastify()

app.delete<{ Params: { no_agree: string } }>('/cards/:no_agree', async (request, reply) => {
  const user_id = customerOf(request.headers.authorization)
  if (user_id === undefined) return reply.code(401).send()
  try {
    const { outcome } = await llpay.card.ensureUnbound({
      user_id,
      no_agree: request.params.no_agree,
    })
    return { outcome }
  } catch (error) {
    const problem = toProblem(error)
    request.log.error(problem)
    return reply.code(problem.status).type('application/problem+json').send(problem)
  }
})
