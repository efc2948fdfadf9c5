import { MAX_REPLY_BYTES, replyTooLarge } from './size-limit.ts'

/**
 * Gathers the chunks of a body, and gives up on one that is too large.
 *
 * @throws {ProtocolError} `ERR_REPLY_TOO_LARGE`.
 */
export async function collectBody(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > MAX_REPLY_BYTES) throw replyTooLarge()
    parts.push(chunk)
  }
  const body = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    body.set(part, at)
    at += part.length
  }
  return body
}
