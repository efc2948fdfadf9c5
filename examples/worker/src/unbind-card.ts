import { unbind } from '@llpay/core/apis/card'
import { toProblem } from '@llpay/edge'

import { callerFor } from './caller-for.ts'
import type { Env } from './env.ts'

interface CardInput {
  readonly user_id: string
  readonly no_agree: string
  readonly pay_type?: string
}

async function readInput(request: Request): Promise<CardInput | undefined> {
  try {
    const input: CardInput = await request.json()
    return typeof input === 'object' && input !== null ? input : undefined
  } catch {
    return undefined
  }
}

function respondWith(problem: { readonly status: number }): Response {
  const headers = { 'content-type': 'application/problem+json' }
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}

/** Unbinds the card that a request names, and replies with what is known of it afterwards. */
export async function unbindCard(request: Request, env: Env): Promise<Response> {
  const input = await readInput(request)
  if (input === undefined) return respondWith({ status: 400 })
  try {
    const caller = callerFor(env)
    // Parameters are checked by llpay, unknown ones included.
    const { outcome, evidence } = await caller.call(unbind, input, { signal: request.signal })
    return Response.json({ result: outcome, evidence })
  } catch (error) {
    const problem = toProblem(error)
    console.error(JSON.stringify(problem))
    return respondWith(problem)
  }
}
