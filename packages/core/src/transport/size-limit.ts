import { ProtocolError } from '../errors/protocol-error.ts'

/** The most bytes that an answer may have after decompression: 1 MiB. */
export const MAX_REPLY_BYTES = 1_048_576

/** The error for an answer beyond {@link MAX_REPLY_BYTES}. */
export function replyTooLarge(): ProtocolError {
  return new ProtocolError(
    'ERR_REPLY_TOO_LARGE',
    `The answer has more than ${MAX_REPLY_BYTES} bytes, which no answer of LianLian's has.`,
  )
}
