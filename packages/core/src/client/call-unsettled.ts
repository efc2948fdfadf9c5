import { CallbackError } from '../errors/callback-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { SignatureError } from '../errors/signature-error.ts'
import { summarizeCause } from '../errors/summarize-cause.ts'
import { beforeSend } from './before-sending.ts'
import { exchange } from './exchange.ts'
import { explainOutcome, unknownOutcome } from './explain-outcome.ts'
import type { PreparedRequest } from './prepare-request.ts'
import type { ChangeResult, Reply } from './reply.ts'
import type { Session } from './session.ts'
import { withoutPrototype } from './without-prototype.ts'

/** Errors that say the same whether or not an earlier call sent the change. */
const SAID = [CallbackError, SignatureError, ProtocolError]

/** Sends a request and queries no list: the outcome is what the reply proves. */
export async function callUnsettled(
  request: PreparedRequest,
  session: Session,
): Promise<Reply<object> | ChangeResult<string, object>> {
  const counter = { sent: 0 }
  const { outcome, effect } = request.api
  const mayHaveLanded = effect === 'change' && session.resume
  try {
    if (effect === 'change') {
      const delivered = mayHaveLanded ? 'unknown' : 'no'
      const hook = beforeSend(session.beforeSending, { seen: null }, delivered)
      await session.deadline.cover(hook)
    }
    const reply = await exchange(request, session, session.deadline, counter)
    if (outcome === undefined) return reply
    const { attempts } = reply
    return withoutPrototype({ outcome, evidence: 'signed-reply', reply, attempts })
  } catch (error) {
    if (!mayHaveLanded || SAID.some((kind) => error instanceof kind)) {
      throw explainOutcome(request.api, error, counter.sent)
    }
    const doubt = { attempts: counter.sent, lastSeen: null, cause: summarizeCause(error) }
    throw unknownOutcome(request.api, doubt)
  }
}
