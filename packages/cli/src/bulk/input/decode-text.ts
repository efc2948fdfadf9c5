import { ConfigError } from '@llpay/core'

const isUtf16 = (chunk: Uint8Array) =>
  (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff)

/**
 * Reads bytes as UTF-8 and leaves out a byte order mark in front.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for another charset: half-read text would be another card.
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isFirst = true
  const decode = (chunk: Uint8Array, more: boolean): string => {
    try {
      if (isFirst && isUtf16(chunk)) throw new TypeError('UTF-16')
      return decoder.decode(chunk, { stream: more })
    } catch {
      throw new ConfigError(
        'ERR_CONFIG_INVALID',
        'The file with the cards is not UTF-8; spreadsheets may write GBK or UTF-16. Save it as "CSV UTF-8".',
      )
    }
  }
  for await (const chunk of chunks) {
    yield decode(chunk, true)
    isFirst = false
  }
  yield decode(new Uint8Array(), false)
}
