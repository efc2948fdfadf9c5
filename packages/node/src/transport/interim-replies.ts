import { Buffer } from 'node:buffer'
import type { Socket } from 'node:net'

const INTERIM = 'HTTP/1.1 1'
const SWITCHING = 'HTTP/1.1 101'
const HEAD_END = '\r\n\r\n'
const MAX_HEAD_BYTES = 16_384

/** The final response, or `undefined` while the bytes may still belong to an interim one. */
function finalResponse(bytes: Buffer): Buffer | undefined {
  let rest = bytes
  for (;;) {
    const start = rest.toString('latin1', 0, SWITCHING.length)
    const isInterim = INTERIM.startsWith(start.slice(0, INTERIM.length)) && start !== SWITCHING
    if (!isInterim) return rest
    const end = rest.indexOf(HEAD_END)
    if (end < 0) return rest.length > MAX_HEAD_BYTES ? rest : undefined
    rest = rest.subarray(end + HEAD_END.length)
  }
}

/**
 * Hides interim responses (100 Continue, 102, 103) from undici, which ends the connection at a 100
 * that it did not ask for. RFC 9110, 15.2 wants them read over. The reply to a request that was
 * carried out would be lost.
 */
export function skipInterimReplies<S extends Socket>(socket: S): S {
  const read = socket.read.bind(socket)
  const write: (...args: Parameters<Socket['write']>) => boolean = socket.write.bind(socket)
  /** What came of the response before its end was decided; `undefined` within a final response. */
  let head: Buffer | undefined
  return Object.assign(socket, {
    write(...args: Parameters<Socket['write']>): boolean {
      // One request at a time: what comes behind the last write is the start of a response.
      head = Buffer.alloc(0)
      return write(...args)
    },
    read(size?: number): unknown {
      const chunk: unknown = read(size)
      if (head === undefined || !Buffer.isBuffer(chunk)) return chunk
      const received = Buffer.concat([head, chunk])
      const response = finalResponse(received)
      head = response === undefined ? received : undefined
      return response ?? null
    },
  })
}
