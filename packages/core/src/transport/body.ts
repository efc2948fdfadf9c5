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

/** Collects the chunks of a body, and refuses one that is too large. */
export class BodyCollector {
  readonly #parts: Uint8Array[] = []
  #length = 0

  /** @throws {ProtocolError} `ERR_REPLY_TOO_LARGE`. */
  add(chunk: Uint8Array): void {
    this.#length += chunk.length
    if (this.#length > MAX_REPLY_BYTES) throw replyTooLarge()
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

/**
 * Reads a body to its end.
 *
 * @throws {ProtocolError} `ERR_REPLY_TOO_LARGE`.
 */
export async function collectBody(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const collector = new BodyCollector()
  for await (const chunk of chunks) collector.add(chunk)
  return collector.join()
}

const MS = 1_000

/** Reads a Retry-After header, seconds or a date, in milliseconds. `undefined` if missing or invalid. */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  if (/^[0-9]{1,9}$/.test(header)) return Number(header) * MS
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
