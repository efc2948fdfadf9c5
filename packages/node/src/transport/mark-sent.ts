import type { Dispatcher } from 'undici'

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
 * before, a refused connection or certificate, is then known not to have been delivered.
 */
export const markSent: Dispatcher.DispatcherComposeInterceptor =
  (dispatch) => (options, handler) => {
    const mark: unknown = 'opaque' in options ? options.opaque : undefined
    return dispatch(options, {
      onRequestStart(controller, context) {
        if (isMark(mark) && !mark.cancelled) mark.sent = true
        handler.onRequestStart?.(controller, context)
        if (isMark(mark) && mark.cancelled) controller.abort(new Error('cancelled'))
      },
      onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
      onResponseStart: (...args) => handler.onResponseStart?.(...args),
      onResponseData: (...args) => handler.onResponseData?.(...args),
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    })
  }
