import { t } from '../../output/language.ts'
import { choose } from '../../program/choose.ts'
import { invalidError } from '../../program/errors.ts'
import type { Input, Row } from './open-input.ts'
import { readCsv } from './read-csv.ts'
import { readNdjson } from './read-ndjson.ts'

const isUtf16 = (chunk: Uint8Array) =>
  (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff)

/**
 * Reads bytes as UTF-8 and leaves out a byte order mark in front.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for another charset: half-read text would be another card.
 */
async function* decodeText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isFirst = true
  const decode = (chunk: Uint8Array, more: boolean): string => {
    try {
      if (isFirst && isUtf16(chunk)) throw new TypeError('UTF-16')
      return decoder.decode(chunk, { stream: more })
    } catch {
      throw invalidError(
        'bulk.cards-not-utf8',
        t(
          'The file with the cards is not UTF-8; spreadsheets may write GBK or UTF-16.',
          '卡文件不是 UTF-8 编码；表格软件可能写成 GBK 或 UTF-16。',
        ),
        t('Save it as "CSV UTF-8".', '另存为“CSV UTF-8”。'),
      )
    }
  }
  for await (const chunk of chunks) {
    yield decode(chunk, true)
    isFirst = false
  }
  yield decode(new Uint8Array(), false)
}

/** The formats of a file with cards. */
export const FORMATS = ['csv', 'ndjson'] as const

export type Format = (typeof FORMATS)[number]

const READERS: Readonly<Record<Format, (text: AsyncIterable<string>) => AsyncGenerator<Row>>> = {
  csv: readCsv,
  ndjson: readNdjson,
}

/** Hands a text on after a look at its beginning. */
async function peek(text: AsyncGenerator<string>): Promise<[string, AsyncGenerator<string>]> {
  let start = ''
  while (start.trim() === '') {
    const next = await text.next()
    if (next.done === true) break
    start += next.value
  }
  async function* whole() {
    yield start
    yield* text
  }
  return [start, whole()]
}

/**
 * Reads `--format`.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export const parseFormat = (text: string | undefined): Format | undefined =>
  text === undefined
    ? undefined
    : choose(text, { name: '--format', choices: FORMATS, reason: 'bulk.format' })

/**
 * Reads the rows of a file with cards, as they come in.
 *
 * @param given the format; where it is missing, a text that begins with a brace is NDJSON.
 * @throws {ConfigError} `ERR_CONFIG_INVALID` where the file as a whole is wrong.
 */
export async function* readRows(
  input: Pick<Input, 'chunks'>,
  given: Format | undefined,
): AsyncGenerator<Row> {
  const [start, text] = await peek(decodeText(input.chunks))
  yield* READERS[given ?? (start.trimStart().startsWith('{') ? 'ndjson' : 'csv')](text)
}
