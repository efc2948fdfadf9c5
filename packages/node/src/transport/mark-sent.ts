import type { Dispatcher } from 'undici'

import { delegate } from './delegate.ts'

/** What is known of a request's way to the socket. */
export interface SentMark {
  /** The first byte is about to be written to a connected socket, or was. */
  sent: boolean
  /** The caller was told that nothing was sent, so nothing may be sent any more. */
  cancelled: boolean
}

function isMark(value: unknown): value is SentMark {
  return typeof value === 'object' && value !== null && 'sent' in value
}

/**
 * An undici interceptor that notes in the request's `opaque` when writing begins: whatever fails
 * before, a refused connection, certificate or tunnel, is then known not to have been delivered. A
 * dispatcher that would write a request again, to follow a redirect or after a failure, is stopped.
 */
export const markSent: Dispatcher.DispatcherComposeInterceptor =
  (dispatch) => (options, handler) => {
    const mark: unknown = 'opaque' in options ? options.opaque : undefined
    return dispatch(
      options,
      delegate(handler, (controller, context) => {
        if (!isMark(mark)) return handler.onRequestStart?.(controller, context)
        const isAgain = mark.sent
        if (!mark.cancelled) mark.sent = true
        if (!isAgain) handler.onRequestStart?.(controller, context)
        if (isAgain || mark.cancelled) controller.abort(new Error('cancelled'))
      }),
    )
  }
