import { toProblem } from '@llpay/node'
import express, { type Express } from 'express'

import { llpay } from './llpay.ts'
import { customerOf } from './session.ts'

export const app: Express = express()

app.delete('/cards/:no_agree', async (request, response) => {
  const user_id = customerOf(request.get('authorization')) // from the session, never from the request
  if (user_id === undefined) return void response.sendStatus(401)
  try {
    const { outcome } = await llpay.card.ensureUnbound({
      user_id,
      no_agree: request.params.no_agree,
    })
    response.json({ outcome }) // unbound, or not-bound after a double tap
  } catch (error) {
    const problem = toProblem(error)
    console.error(problem.code, problem.delivered, problem.returnCode)
    response.status(problem.status).type('application/problem+json').json(problem)
  }
})
