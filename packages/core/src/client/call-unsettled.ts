import { announce, Held } from './before-sending.ts'
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
    const { outcome, effect } = request.api
    if (effect === 'change') {
      await session.deadline.cover(announce(session.beforeSending, { seen: null }))
    }
    const reply = await exchange(request, session, session.deadline, counter)
    if (outcome === undefined) return reply
    const { attempts } = reply
    return withoutPrototype({ outcome, evidence: 'signed-reply', reply, attempts })
  } catch (error) {
    throw error instanceof Held ? error.cause : explainOutcome(request.api, error, counter.sent)
  }
}
