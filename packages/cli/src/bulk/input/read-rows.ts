import { ConfigError } from '@llpay/core'

import { decodeText } from './decode-text.ts'
import type { Input } from './open-input.ts'
import { readCsv } from './read-csv.ts'
import { readNdjson } from './read-ndjson.ts'
import type { Row } from './row.ts'

/** The formats of a file with cards. */
export const FORMATS = ['csv', 'ndjson'] as const

type Format = (typeof FORMATS)[number]

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

function parseFormat(text: string): Format {
  const format = FORMATS.find((each) => each === text)
  if (format !== undefined) return format
  throw new ConfigError('ERR_CONFIG_INVALID', `--format takes ${FORMATS.join(' or ')}.`)
}

/**
 * Reads the rows of a file with cards, as they come in.
 *
 * @param given the format; where it is missing, a text that begins with a brace is NDJSON.
 * @throws {ConfigError} `ERR_CONFIG_INVALID` where the file as a whole is wrong.
 */
export async function* readRows(
  input: Pick<Input, 'chunks'>,
  given: string | undefined,
): AsyncGenerator<Row> {
  const format = given === undefined ? undefined : parseFormat(given)
  const [start, text] = await peek(decodeText(input.chunks))
  yield* READERS[format ?? (start.trimStart().startsWith('{') ? 'ndjson' : 'csv')](text)
}
