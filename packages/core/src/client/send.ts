import { namesRequest } from '../api/names-request.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import { summarizeCause } from '../errors/summarize-cause.ts'
import { TransportError } from '../errors/transport-error.ts'
import type { HttpResponse, Transport } from '../transport/port.ts'
import { sleepUntil, type Clock } from './clock.ts'
import type { Deadline } from './deadline.ts'
import type { PreparedRequest } from './prepare-request.ts'

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
export async function send(
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
