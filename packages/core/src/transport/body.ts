import { ProtocolError } from '../errors/protocol-error.ts'

/** The most bytes that a reply may have after decompression: 1 MiB. */
export const MAX_REPLY_BYTES = 1_048_576

/** The error for a reply beyond {@link MAX_REPLY_BYTES}. */
export function replyTooLarge(): ProtocolError {
  return new ProtocolError('ERR_REPLY_TOO_LARGE', {
    reason: 'reply.too-large',
    message: `The reply has more than ${MAX_REPLY_BYTES} bytes, which no reply of LianLian's has.`,
    params: { max: MAX_REPLY_BYTES },
  })
}

/** How large a body may be, and the error for one that is larger. */
export interface BodyLimit {
  readonly maxBytes: number
  readonly tooLarge: () => Error
}

const REPLY_LIMIT: BodyLimit = { maxBytes: MAX_REPLY_BYTES, tooLarge: replyTooLarge }

/** Collects the chunks of a body (default: of a reply), and refuses one that is too large. */
export class BodyCollector {
  readonly #limit: BodyLimit
  readonly #parts: Uint8Array[] = []
  #length = 0

  constructor(limit: BodyLimit = REPLY_LIMIT) {
    this.#limit = limit
  }

  /** Adds a chunk, or throws the limit's error. */
  add(chunk: Uint8Array): void {
    this.#length += chunk.length
    if (this.#length > this.#limit.maxBytes) throw this.#limit.tooLarge()
    this.#parts.push(chunk)
  }

  /** A copy of all bytes received. */
  join(): Uint8Array {
    const body = new Uint8Array(this.#length)
    let at = 0
    for (const part of this.#parts) {
      body.set(part, at)
      at += part.length
    }
    return body
  }
}

/** The part of a `ReadableStream` that llpay uses. */
export interface FetchBody {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>
    cancel(): Promise<void>
  }
}

/** Reads a body to its end, and cancels one that is too large. */
export async function readStream(stream: FetchBody, limit?: BodyLimit): Promise<Uint8Array> {
  const reader = stream.getReader()
  const body = new BodyCollector(limit)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return body.join()
      if (value !== undefined) body.add(value)
    }
  } catch (error) {
    // Not awaited: the rest may never come.
    reader.cancel().catch(() => undefined)
    throw error
  }
}

const MS = 1_000

/** Reads a Retry-After header, seconds or a date, in milliseconds. `undefined` if missing or invalid. */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  if (/^[0-9]{1,9}$/.test(header)) return Number(header) * MS
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
