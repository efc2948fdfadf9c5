import type { Api, FieldsOf } from '../api/define-api.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import { RejectedError } from '../errors/rejected-error.ts'
import { backOff } from './backoff.ts'
import type { Deadline } from './deadline.ts'
import type { PreparedRequest } from './prepare-request.ts'
import { readReply } from './read-reply.ts'
import type { Reply } from './reply.ts'
import { retryDelay } from './retry-policy.ts'
import { send } from './send.ts'
import type { Session } from './session.ts'

/** Counts the requests of one endpoint in a call. */
export interface Counter {
  sent: number
}

type Verification = Extract<Parameters<Session['emit']>[0], { type: 'verification' }>

/** What an error that came with an answer says of its signature. */
function verificationOf(error: unknown): Omit<Verification, 'type' | 'api' | 'attempt'> {
  if (error instanceof RejectedError) {
    return { signature: error.signature, returnCode: error.returnCode }
  }
  return { signature: 'refused', code: isLLPayError(error) ? error.code : undefined }
}

async function attempt<A extends Api>(
  request: PreparedRequest<A>,
  { parts, emit, clock }: Session,
  deadline: Deadline,
  counter: Counter,
): Promise<Reply<FieldsOf<A>>> {
  counter.sent += 1
  const about = { api: request.api.id, attempt: counter.sent }
  const started = clock.now()
  const durationMs = () => clock.now() - started
  emit({ type: 'request', ...about, bytes: request.body.length })
  const response = await send(parts.transport, request, deadline, clock).catch((error: unknown) => {
    const { code, delivered } = isLLPayError(error)
      ? error
      : ({ code: 'ERR_TRANSPORT_CLOSED', delivered: 'unknown' } as const)
    emit({ type: 'failure', ...about, code, delivered, durationMs: durationMs() })
    throw error
  })
  const { status, body } = response
  emit({ type: 'answer', ...about, status, bytes: body.length, durationMs: durationMs() })
  try {
    const reply = await readReply(request, response, parts.verifiers, counter.sent)
    const returnCode: unknown = Reflect.get(reply.fields, 'ret_code')
    emit({
      type: 'verification',
      ...about,
      signature: 'verified',
      ...(typeof returnCode === 'string' ? { returnCode } : {}),
    })
    return reply
  } catch (error) {
    emit({ type: 'verification', ...about, ...verificationOf(error) })
    throw error
  }
}

/**
 * Sends a prepared request and reads its answer; repeats it where that is safe. What goes wrong is
 * thrown as it is.
 */
export async function exchange<A extends Api>(
  request: PreparedRequest<A>,
  session: Session,
  deadline: Deadline,
  counter: Counter,
): Promise<Reply<FieldsOf<A>>> {
  const { budget, emit, retries } = session
  const { id: api, effect } = request.api
  for (let failed = 1; ; failed += 1) {
    try {
      const reply = await attempt(request, session, deadline, counter)
      budget.refill()
      return reply
    } catch (error) {
      if (!isLLPayError(error)) throw error
      const delayMs = retryDelay({ effect, failed, error }, retries, Math.random())
      if (delayMs === undefined || !budget.take()) throw error
      emit({ type: 'retry', api, attempt: counter.sent, code: error.code, delayMs })
      await backOff(delayMs, deadline, session.clock)
    }
  }
}
