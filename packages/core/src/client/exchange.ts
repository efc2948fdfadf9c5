import type { Api, FieldsOf } from '../api/define-api.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import type { Delivered, LLPayError } from '../errors/ll-pay-error.ts'
import { RejectedError } from '../errors/rejected-error.ts'
import { TransportError } from '../errors/transport-error.ts'
import { sleepUntil } from './clock.ts'
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

/** What the last attempt failed with, as it is for all of them: an earlier one may have been received. */
function overAllAttempts(error: LLPayError, earlier: Delivered, deadline: Deadline): LLPayError {
  if (error.delivered !== 'no' || earlier === 'no' || !(error instanceof TransportError)) {
    return error
  }
  const { code, message, cause, status, retryAfterMs } = error
  return (
    deadline.failure('unknown') ??
    new TransportError(code, `${message} An earlier attempt may have been received.`, {
      delivered: 'unknown',
      cause,
      retryAfterMs,
      ...(status === undefined ? {} : { status }),
    })
  )
}

/**
 * Sends a prepared request and reads its reply; retries where that is safe. What goes wrong is thrown
 * as it is, with what is known of all attempts.
 */
export async function exchange<A extends Api>(
  request: PreparedRequest<A>,
  session: Session,
  deadline: Deadline,
  counter: Counter,
): Promise<Reply<FieldsOf<A>>> {
  const { budget, emit, retries } = session
  const { id: api, effect } = request.api
  let delivered: Delivered = 'no'
  for (let failed = 1; ; failed += 1) {
    try {
      const reply = await attempt(request, session, deadline, counter)
      budget.refill()
      return reply
    } catch (error) {
      if (!isLLPayError(error)) throw error
      const delayMs = retryDelay({ effect, failed, error }, retries, Math.random())
      const failure = overAllAttempts(error, delivered, deadline)
      delivered = failure.delivered
      if (delayMs === undefined || !budget.take()) throw failure
      emit({ type: 'retry', api, attempt: counter.sent, code: error.code, delayMs })
      await sleepUntil(session.clock, delayMs, deadline.signal)
      const ended = deadline.failure(delivered)
      if (ended !== undefined) throw ended
    }
  }
}
