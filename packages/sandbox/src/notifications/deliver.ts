import type { Clock } from '@llpay/core'

/** One delivery of a notification, and what came of it. */
export interface NotificationDelivery {
  /** When it began, in milliseconds since 1970. */
  readonly at: number
  /** The HTTP status; null where no response came. */
  readonly status: number | null
  /** The body of the response, up to 4096 characters; null where none came. */
  readonly reply: string | null
  /** How long it took, in milliseconds. */
  readonly durationMs: number
  /** Whether it was acknowledged: HTTP 200 and `ret_code` 0000. */
  readonly acknowledged: boolean
  /** Why it was not. */
  readonly error?: string
}

/** How a notification is sent. */
export interface SendInit {
  readonly method: 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly redirect: 'manual'
  readonly signal: AbortSignal
}

/** Sends a request, as `fetch` does. */
export type SendLike = (url: string, init: SendInit) => Promise<Response>

/** How long LianLian waits for a response. */
const DEADLINE_MS = 5_000

const MAX_REPLY = 4096
/** A receiver's response has a few bytes; more is cut off where it is read. */
const MAX_REPLY_BYTES = 65_536

/** Reads the beginning of a response, and drops the rest. */
async function readStart(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    text += decoder.decode(value, { stream: true })
    if (length <= MAX_REPLY_BYTES) continue
    reader.cancel().catch(() => undefined)
    break
  }
  return text.slice(0, MAX_REPLY)
}

function codeOf(reply: string): string | undefined {
  try {
    const value: unknown = JSON.parse(reply)
    const code: unknown = Reflect.get(Object(value), 'ret_code')
    return typeof code === 'string' ? code : ''
  } catch {
    return undefined
  }
}

/** Why a response does not acknowledge; `undefined` if it does. */
function whyNot(status: number, reply: string): string | undefined {
  if (status !== 200) return `HTTP status ${status}; only 200 acknowledges.`
  const code = codeOf(reply)
  if (code === undefined) return 'The response is not JSON.'
  if (code === '0000') return undefined
  return code === '' ? 'The response has no ret_code, as text.' : 'Its ret_code is not 0000.'
}

/** Why nothing came back, by the code of the cause. */
const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing is listening there',
  ENOTFOUND: 'The host name cannot be resolved',
  EAI_AGAIN: 'The host name cannot be resolved',
  ECONNRESET: 'The connection was closed without a response',
  UND_ERR_SOCKET: 'The connection was closed without a response',
}

/** Why an exchange failed; of an unknown failure only its code, since its message may hold anything. */
function whyFailed(error: unknown): string {
  const cause = Object(Reflect.get(Object(error), 'cause'))
  const code: unknown = Reflect.get(cause, 'code')
  if (Reflect.get(cause, 'message') === 'bad port') return 'fetch does not connect to this port.'
  if (typeof code !== 'string') return 'It was not delivered.'
  const known = /CERT|LEAF_SIGNATURE/.test(code) ? 'The certificate is not trusted' : CAUSES[code]
  return `${known ?? 'It was not delivered'} (${code}).`
}

/** Delivers a body once, and waits no longer than LianLian does. */
export async function deliver(
  url: string,
  body: string,
  { send, clock, signal }: { send: SendLike; clock: Clock; signal: AbortSignal },
): Promise<NotificationDelivery> {
  const at = clock.now()
  const ended = (status: number | null, reply: string | null, error: string | undefined) => ({
    at,
    status,
    reply,
    durationMs: clock.now() - at,
    acknowledged: error === undefined,
    ...(error === undefined ? {} : { error }),
  })
  const exchange = new AbortController()
  const stop = AbortSignal.any([exchange.signal, signal])
  const late = clock
    .sleep(DEADLINE_MS, stop)
    .then(() => ended(null, null, `No response within ${DEADLINE_MS / 1000} seconds.`))
  const sent = (async () => {
    const response = await send(url, {
      method: 'POST',
      headers: { 'content-type': 'text/json;charset=utf-8' },
      body,
      redirect: 'manual',
      signal: stop,
    })
    const reply = await readStart(response)
    return ended(response.status, reply, whyNot(response.status, reply))
  })().catch((error: unknown) => ended(null, null, whyFailed(error)))
  const delivery = await Promise.race([sent, late])
  exchange.abort()
  return delivery
}
