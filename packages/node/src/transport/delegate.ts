import type { Dispatcher } from 'undici'

type Handler = Dispatcher.DispatchHandler

/** A handler that passes everything on, but for what happens when a request starts. */
export function delegate(
  handler: Handler,
  onRequestStart: NonNullable<Handler['onRequestStart']>,
): Handler {
  return {
    onRequestStart,
    onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
    onResponseStart: (...args) => handler.onResponseStart?.(...args),
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
    onResponseError: (...args) => handler.onResponseError?.(...args),
  }
}
