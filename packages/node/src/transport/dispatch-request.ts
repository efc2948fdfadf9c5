import type { HttpResponse } from '@llpay/core'
import { BodyCollector } from '@llpay/core/adapter'
import type { Dispatcher } from 'undici'

/** What is known about a request on its way to the socket. */
export interface SentMark {
  /** The first byte is about to be written to a connected socket, or was. */
  sent: boolean
}

type ResponseStart = NonNullable<Dispatcher.DispatchHandler['onResponseStart']>

function flatten(headers: Parameters<ResponseStart>[2]): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return flat
}

/**
 * Hands a request to undici, and notes when writing begins: whatever fails before, a refused
 * connection, certificate or tunnel, is then known not to have been delivered. A dispatcher that would
 * write a request again, to follow a redirect or after a failure, is stopped. Only 200 carries a
 * reply: the body of another status is not awaited.
 *
 * The handler is undici's own interface below its `request`, which would make a stream of each body.
 */
export function dispatchRequest(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal,
  mark: SentMark,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const body = new BodyCollector()
    let response: Omit<HttpResponse, 'body'> | undefined
    let controller: Dispatcher.DispatchController | undefined
    let isOver = false
    const finish = () => {
      isOver = true
      signal.removeEventListener('abort', cancel)
    }
    const end = (error: unknown) => {
      finish()
      reject(error)
      controller?.abort(error instanceof Error ? error : new Error('ended'))
    }
    function cancel() {
      if (!isOver) end(new Error('aborted'))
    }
    if (signal.aborted) return cancel()
    signal.addEventListener('abort', cancel, { once: true })
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started
        if (isOver || mark.sent) end(new Error('cancelled'))
        else mark.sent = true
      },
      onResponseStart(_, status, headers) {
        if (status < 200) return
        response = { status, headers: flatten(headers) }
        if (status === 200) return
        resolve({ ...response, body: body.join() })
        end(new Error('unread'))
      },
      onResponseData(_, chunk) {
        try {
          body.add(chunk)
        } catch (error) {
          end(error)
        }
      },
      onResponseEnd() {
        finish()
        if (response !== undefined) resolve({ ...response, body: body.join() })
      },
      onResponseError(_, error) {
        finish()
        reject(error)
      },
    }
    try {
      dispatcher.dispatch(options, handler)
    } catch (error) {
      end(error)
    }
  })
}
