import type { Api, FieldsOf } from '../api/define-api.ts'
import { namesRequest } from '../api/names-request.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import type { Delivered, LLPayError } from '../errors/ll-pay-error.ts'
import { RejectedError } from '../errors/rejected-error.ts'
import { summarizeCause } from '../errors/summarize-cause.ts'
import { TransportError } from '../errors/transport-error.ts'
import type { HttpResponse, Transport } from '../transport/port.ts'
import type { CallContext } from './call-context.ts'
import { sleepUntil, type Clock } from './clock.ts'
import type { Deadline } from './deadline.ts'
import type { PreparedRequest } from './prepare-request.ts'
import { readReply } from './read-reply.ts'
import type { Reply } from './reply.ts'
import { retryDelay } from './retry.ts'

/** How long a transport that was aborted may take to say whether it had sent anything. */
const GRACE_MS = 250

/** Rejects a while after the signal, for a transport that ignores it. */
function giveUpAfter(
  signal: AbortSignal,
  clock: Clock,
): { promise: Promise<never>; dispose: () => void } {
  const ended = new AbortController()
  const promise = new Promise<never>((_, reject) => {
    const giveUp = () => reject(new Error('aborted'))
    const wait = () => void sleepUntil(clock, GRACE_MS, ended.signal).then(giveUp, giveUp)
    signal.addEventListener('abort', wait, { once: true, signal: ended.signal })
  })
  promise.catch(() => undefined)
  return { promise, dispose: () => ended.abort(null) }
}

function translate(error: unknown, deadline: Deadline): unknown {
  const ours = isLLPayError(error)
  if (ours && !(error instanceof TransportError)) return error
  const ended = deadline.failure(ours ? error.delivered : 'unknown')
  if (ended !== undefined) return ended
  if (ours) return error
  return new TransportError(
    'ERR_TRANSPORT_CLOSED',
    'The transport failed, and does not tell whether the request was sent.',
    { delivered: 'unknown', cause: summarizeCause(error) },
  )
}

/**
 * Sends a request through a transport, and keeps the deadline even where the transport does not.
 *
 * @throws {TransportError} for every failure of the way there and back.
 */
async function send(
  transport: Transport,
  { api, url, method, headers, body }: PreparedRequest,
  deadline: Deadline,
  clock: Clock,
): Promise<HttpResponse> {
  const before = deadline.failure('no')
  if (before !== undefined) throw before
  const mayShareConnection = namesRequest(api)
  const limit = giveUpAfter(deadline.signal, clock)
  try {
    return await Promise.race([
      transport({ url, method, headers, body, mayShareConnection }, deadline.signal),
      limit.promise,
    ])
  } catch (error) {
    throw translate(error, deadline)
  } finally {
    limit.dispose()
  }
}

/** Counts the requests of one endpoint in a call. */
export interface Counter {
  sent: number
}

type Verification = Extract<Parameters<CallContext['emit']>[0], { type: 'verification' }>

/** What an error that came with an answer says of its signature. */
function verificationOf(error: unknown): Omit<Verification, 'type' | 'api' | 'attempt'> {
  if (error instanceof RejectedError) {
    return { signature: error.signature, returnCode: error.returnCode }
  }
  return { signature: 'refused', code: isLLPayError(error) ? error.code : undefined }
}

async function attempt<A extends Api>(
  request: PreparedRequest<A>,
  { parts, emit, clock }: CallContext,
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
  context: CallContext,
  deadline: Deadline,
  counter: Counter,
): Promise<Reply<FieldsOf<A>>> {
  const { budget, emit, retries } = context
  const { id: api, effect } = request.api
  let delivered: Delivered = 'no'
  for (let failed = 1; ; failed += 1) {
    try {
      const reply = await attempt(request, context, deadline, counter)
      budget.refill()
      return reply
    } catch (error) {
      if (!isLLPayError(error)) throw error
      const delayMs = retryDelay({ effect, failed, error }, retries, Math.random())
      const failure = overAllAttempts(error, delivered, deadline)
      delivered = failure.delivered
      if (delayMs === undefined || !budget.take()) throw failure
      emit({ type: 'retry', api, attempt: counter.sent, code: error.code, delayMs })
      await sleepUntil(context.clock, delayMs, deadline.signal)
      const ended = deadline.failure(delivered)
      if (ended !== undefined) throw ended
    }
  }
}
