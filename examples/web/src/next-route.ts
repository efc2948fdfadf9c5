import { toProblem } from '@llpay/node'

import { llpay } from './llpay.ts'
import { customerOf } from './session.ts'

export const runtime = 'nodejs'
export const maxDuration = 30 // seconds, above timeoutMs

export async function DELETE(
  request: Request,
  { params }: { params: Promise<{ no_agree: string }> },
): Promise<Response> {
  const user_id = customerOf(request.headers.get('authorization') ?? undefined)
  if (user_id === undefined) return new Response(null, { status: 401 })
  try {
    const { outcome } = await llpay.card.ensureUnbound({ user_id, ...(await params) })
    return Response.json({ outcome })
  } catch (error) {
    const problem = toProblem(error)
    console.error(problem.code, problem.delivered, problem.returnCode)
    const headers = { 'content-type': 'application/problem+json' }
    return Response.json(problem, { status: problem.status, headers })
  }
}
