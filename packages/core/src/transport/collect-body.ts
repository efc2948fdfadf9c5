import { MAX_REPLY_BYTES, replyTooLarge } from './size-limit.ts'

/** Gathers the chunks of a body, and gives up on one that is too large. */
export class BodyCollector {
  readonly #parts: Uint8Array[] = []
  #length = 0

  /** @throws {ProtocolError} `ERR_REPLY_TOO_LARGE`. */
  add(chunk: Uint8Array): void {
    this.#length += chunk.length
    if (this.#length > MAX_REPLY_BYTES) throw replyTooLarge()
    this.#parts.push(chunk)
  }

  /** A copy of all that came. */
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
