import { Readable } from 'node:stream'

import { ConfigError } from '@llpay/core'
import { CsvError, parse } from 'csv-parse'

import { checkHeader } from './check-header.ts'
import type { Row } from './row.ts'

interface CsvRecord {
  readonly record: readonly string[]
  /** Where the reader stands after the record. */
  readonly info: { readonly lines: number; readonly bytes: number }
}

/** A cell that is empty says nothing. */
function toValue(names: readonly string[], cells: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name, index) => {
      const cell = cells[index] ?? ''
      return cell === '' ? [] : [[name, cell] as const]
    }),
  )
}

function translate(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error
  const line = 'lines' in error ? ` at line ${String(error['lines'])}` : ''
  return new ConfigError(
    'ERR_CONFIG_INVALID',
    `The CSV file is broken${line} (${error.code}): a quote that is not closed, or another number of cells than the first line has. Fix it; what comes after it would be read wrongly, and was not read.`,
  )
}

/**
 * Reads CSV (RFC 4180) whose first line names the columns.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` where the file as a whole is wrong.
 */
export async function* readCsv(text: AsyncIterable<string>): AsyncGenerator<Row> {
  const source = Readable.from(text)
  const parser = parse({ info: true, skip_empty_lines: true, max_record_size: 65_536 })
  // An error of the text itself, such as its charset, must arrive as it is.
  source.once('error', (error) => parser.destroy(error))
  const records: AsyncIterable<CsvRecord> = source.pipe(parser)
  let names: string[] | undefined
  let last = 0
  try {
    for await (const { record, info } of records) {
      if (names === undefined) names = checkHeader(record)
      else yield { line: last + 1, bytes: info.bytes, value: toValue(names, record) }
      last = info.lines
    }
  } catch (error) {
    throw translate(error)
  } finally {
    source.destroy()
  }
  if (names === undefined) checkHeader([])
}
