import { ControlError } from './control-error.ts'

/** The most that a request's body may hold, in bytes. */
const MAX_BODY_BYTES = 1024 * 1024

function tooLarge(): ControlError {
  return new ControlError(413, 'The body is larger than 1 MiB. Send less.', { connection: 'close' })
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

/**
 * Reads a request's body, and stops as soon as it is too large.
 *
 * @throws {ControlError} 413.
 */
export async function readBody(request: Request): Promise<Uint8Array> {
  const announced = request.headers.get('content-length')
  if (announced !== null && Number(announced) > MAX_BODY_BYTES) throw tooLarge()
  const reader = request.body?.getReader()
  if (reader === undefined) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return join(chunks, length)
    length += value.length
    if (length > MAX_BODY_BYTES) {
      // Not awaited: the rest may never come.
      reader.cancel().catch(() => undefined)
      throw tooLarge()
    }
    chunks.push(value)
  }
}
