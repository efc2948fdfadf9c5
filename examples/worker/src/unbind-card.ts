import { unbind } from '@llpay/core/apis/card'

import { callerFor } from './caller-for.ts'
import { describeFailure } from './describe-failure.ts'
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

/** Unbinds the card that a request names, and answers with what is known of it afterwards. */
export async function unbindCard(request: Request, env: Env): Promise<Response> {
  const input = await readInput(request)
  if (input === undefined) return Response.json({ result: 'invalid' }, { status: 400 })
  try {
    const caller = callerFor(env)
    // Parameters are checked by llpay, unknown ones included.
    const { outcome, evidence } = await caller.call(unbind, input, { signal: request.signal })
    return Response.json({ result: outcome, evidence })
  } catch (error) {
    const { status, body } = describeFailure(error)
    console.error(JSON.stringify(body))
    return Response.json(body, { status })
  }
}
