import { type Api, type FieldsOf, namesRequest } from '../api/define-api.ts'
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

const BASE_MS = 200
const MAX_MS = 5_000
const READ_AGAIN_STATUS = new Set([429, 502, 503, 504])

interface FailedAttempt {
  readonly effect: Api['effect']
  /** How many attempts have failed, this one included. */
  readonly failed: number
  readonly error: LLPayError
}

/** Whether the same request may be sent again without querying the list first. */
function isSafe({ effect, error }: FailedAttempt): boolean {
  if (!(error instanceof TransportError)) return false
  if (error.code === 'ERR_TRANSPORT_ABORTED' || error.code === 'ERR_TRANSPORT_TIMEOUT') return false
  if (error.delivered === 'no') return true
  if (effect === 'change') return false
  return error.status === undefined
    ? error.code === 'ERR_TRANSPORT_CLOSED'
    : READ_AGAIN_STATUS.has(error.status)
}

/**
 * How long to wait before a request is sent again, in milliseconds; `undefined` if it must not be. The
 * backoff is random over its whole range (full jitter), unless the gateway sent Retry-After.
 *
 * A change is retried only if no byte of it reached a socket. A query is also retried after the
 * connection broke, and after HTTP status 429, 502, 503 and 504.
 *
 * @param retries how many retries are allowed.
 * @param random a number from 0 to 1.
 */
function retryDelay(last: FailedAttempt, retries: number, random: number): number | undefined {
  if (last.failed > retries || !isSafe(last)) return undefined
  const { error, failed } = last
  const asked = error instanceof TransportError ? error.retryAfterMs : undefined
  if (asked !== undefined) return asked
  return random * Math.min(MAX_MS, BASE_MS * 2 ** (failed - 1))
}

/** How long an aborted transport may take to report whether it sent anything. */
const GRACE_MS = 250

/** Rejects a while after the deadline's end, for a transport that ignores its signal. */
function giveUpAfter(
  deadline: Deadline,
  clock: Clock,
): { promise: Promise<never>; dispose: () => void } {
  let dispose: (() => void) | undefined
  const promise = new Promise<never>((_, reject) => {
    const giveUp = () => reject(new Error('aborted'))
    dispose = deadline.onEnd(() => {
      const grace = new AbortController()
      dispose = () => grace.abort(null)
      void sleepUntil(clock, GRACE_MS, grace.signal).then(giveUp, giveUp)
    })
  })
  promise.catch(() => undefined)
  return { promise, dispose: () => dispose?.() }
}

function toTransportError(error: unknown, deadline: Deadline): unknown {
  const ours = isLLPayError(error)
  if (ours && !(error instanceof TransportError)) return error
  const ended = deadline.failure(ours ? error.delivered : 'unknown')
  if (ended !== undefined) return ended
  if (ours) return error
  return new TransportError(
    'ERR_TRANSPORT_CLOSED',
    {
      reason: 'transport.failed',
      message: 'The transport failed, and does not say whether the request was sent.',
    },
    { delivered: 'unknown', cause: summarizeCause(error) },
  )
}

/**
 * Sends a request through a transport, and keeps the deadline even if the transport does not.
 *
 * @throws {TransportError} for every failure to send the request or to receive the response.
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
  const limit = giveUpAfter(deadline, clock)
  try {
    return await Promise.race([
      transport({ url, method, headers, body, mayShareConnection }, deadline.signal),
      limit.promise,
    ])
  } catch (error) {
    throw toTransportError(error, deadline)
  } finally {
    limit.dispose()
  }
}

/** Counts the requests of one endpoint in a call. */
export interface Counter {
  sent: number
}

type Verification = Extract<Parameters<CallContext['emit']>[0], { type: 'verification' }>

/** What the error of a reply says about its signature. */
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

/** The failure of the last attempt, over all attempts: an earlier one may have been received. */
function overAllAttempts(error: LLPayError, earlier: Delivered, deadline: Deadline): LLPayError {
  if (error.delivered !== 'no' || earlier === 'no' || !(error instanceof TransportError)) {
    return error
  }
  const { code, message, cause, status, retryAfterMs } = error
  return (
    deadline.failure('unknown') ??
    new TransportError(
      code,
      {
        reason: 'transport.earlier-attempt',
        message: `${message} An earlier attempt may have been received.`,
        params: { code },
      },
      {
        delivered: 'unknown',
        cause,
        retryAfterMs,
        ...(status === undefined ? {} : { status }),
      },
    )
  )
}

/**
 * Sends a prepared request and reads its reply; retries where that is safe. It throws the last failure,
 * with what is known about all attempts.
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
