import type { Transport } from '@llpay/core'

import { CARD_HEADER, SERIAL_HEADER, type Asked } from '../gateway/protocol.ts'
import type { Case } from './draw-case.ts'

/** What the merchant's side of the wire saw of a case. */
export interface Trace {
  readonly sent: Record<Asked, number>
  /** Requests without a reply. */
  readonly failed: Record<Asked, number>
  /** The numbers of the replies that came in whole. */
  readonly received: number[]
}

export const emptyTrace = (): Trace => ({
  sent: { change: 0, list: 0, elsewhere: 0 },
  failed: { change: 0, list: 0, elsewhere: 0 },
  received: [],
})

/** Port 1 is outside of what a system gives to connections, so nothing can take it meanwhile. */
const NOWHERE = 'http://127.0.0.1:1'

/** Puts a trace, and refused connections, between a call and the transport. */
export function tracedTransport(
  send: Transport,
  { params, refused }: Case,
  trace: Trace,
): Transport {
  return async (request, signal) => {
    const { pathname } = new URL(request.url)
    const { pay_type = '2' } = JSON.parse(new TextDecoder().decode(request.body))
    const asked: Asked = pathname.endsWith('/bankcardunbind.htm')
      ? 'change'
      : pay_type === params.pay_type
        ? 'list'
        : 'elsewhere'
    trace.sent[asked] += 1
    const url = trace.sent[asked] <= refused[asked] ? `${NOWHERE}${pathname}` : request.url
    const headers = { ...request.headers, [CARD_HEADER]: params.no_agree }
    try {
      const response = await send({ ...request, url, headers }, signal)
      trace.received.push(Number(response.headers[SERIAL_HEADER]))
      return response
    } catch (error) {
      trace.failed[asked] += 1
      throw error
    }
  }
}
