import { exchange } from './exchange.ts'
import { explainOutcome } from './explain-outcome.ts'
import type { PreparedRequest } from './prepare-request.ts'
import type { ChangeResult, Reply } from './reply.ts'
import type { Session } from './session.ts'
import { withoutPrototype } from './without-prototype.ts'

/** Carries a request out and asks no list: the outcome is what the answer proves. */
export async function callUnsettled(
  request: PreparedRequest,
  session: Session,
): Promise<Reply<object> | ChangeResult<string, object>> {
  const counter = { sent: 0 }
  try {
    const reply = await exchange(request, session, session.deadline, counter)
    const { outcome } = request.api
    if (outcome === undefined) return reply
    const { attempts } = reply
    return withoutPrototype({ outcome, evidence: 'signed-reply', reply, attempts })
  } catch (error) {
    throw explainOutcome(request.api, error, counter.sent)
  }
}
