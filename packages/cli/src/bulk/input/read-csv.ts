import { Readable } from 'node:stream'

import { findNearest } from '@llpay/core/adapter'
import { parse, type CsvError } from 'csv-parse'

import { t, type Phrase } from '../../output/language.ts'
import { invalidError } from '../../program/errors.ts'
import type { Row } from './open-input.ts'

const REQUIRED = ['user_id', 'no_agree']
const KNOWN = [...REQUIRED, 'pay_type', 'platform', 'generation', 'ref']
const ALL = t(
  `Its first line names the columns: ${KNOWN.join(', ')}.`,
  `首行为列名：${KNOWN.join('、')}。`,
)

const refuse = (reason: string, text: Phrase, hint: Phrase): never => {
  throw invalidError(reason, text, hint)
}

/**
 * Checks the names in the first line of a CSV file. One that is not known is refused: a `pay_type`
 * that is misspelt and left out would be another product.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
function checkHeader(given: readonly string[]): string[] {
  const names = given.map((name) => name.trim())
  const missing = REQUIRED.filter((name) => !names.includes(name))
  if (missing.length > 0) {
    refuse(
      'bulk.csv-columns-missing',
      t(
        `The first line of the CSV file must name its columns, separated by commas; ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
        `CSV 文件的第一行必须是以逗号分隔的列名，缺少 ${missing.join('、')}。`,
      ),
      ALL,
    )
  }
  const place = names.findIndex((name) => !KNOWN.includes(name))
  if (place >= 0) {
    const nearest = findNearest(names[place] ?? '', KNOWN)
    refuse(
      'bulk.csv-column-unknown',
      t(
        `Column ${place + 1} of the CSV file has an unknown name.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`,
        `CSV 文件第 ${place + 1} 列的列名未知。${nearest === undefined ? '' : `是否是 ${nearest}？`}`,
      ),
      ALL,
    )
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    refuse(
      'bulk.csv-column-twice',
      t(`The CSV file has the column ${twice} twice.`, `CSV 文件中有两个 ${twice} 列。`),
      t('Remove one.', '去掉一个。'),
    )
  }
  return names
}

interface CsvRecord {
  readonly record: readonly string[]
  /** Where the reader stands after the record. */
  readonly info: { readonly lines: number; readonly bytes: number; readonly empty_lines: number }
}

/** Blanks around a cell are layout, U+0020 alone; any other white space is part of a mangled value. */
const trimCell = (cell: string) => cell.replace(/^ +| +$/g, '')

/** A cell that is empty says nothing. */
function toValue(names: readonly string[], cells: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name, index) => {
      const cell = trimCell(cells[index] ?? '')
      return cell === '' ? [] : [[name, cell] as const]
    }),
  )
}

const FORMAT = { info: true, skip_empty_lines: true, max_record_size: 65_536 }

/** Where a file is broken. */
const lineOf = (error: CsvError | undefined): number =>
  error !== undefined && typeof error['lines'] === 'number' ? error['lines'] : Infinity

const translate = (error: CsvError) =>
  invalidError(
    'bulk.csv-broken',
    t(
      `The CSV file is broken at line ${lineOf(error)} (${error.code}): a quote that is not closed, or another number of cells than the first line has.`,
      `CSV 文件在第 ${lineOf(error)} 行出错（${error.code}）：引号未闭合，或单元格数与第一行不同。`,
    ),
    t(
      'Fix it. The lines after it were not read, because they would be read wrongly.',
      '修正该行。其后的行可能被误读，因此没有读取。',
    ),
  )

/**
 * Reads CSV (RFC 4180) whose first line names the columns.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` where the file as a whole is wrong.
 */
export async function* readCsv(text: AsyncIterable<string>): AsyncGenerator<Row> {
  const source = Readable.from(text)
  // Thrown by the parser, an error would take with it what was read before and not handed on yet.
  const parser = parse({ ...FORMAT, skip_records_with_error: true })
  let broken: CsvError | undefined
  parser.on('skip', (error: CsvError) => (broken ??= error))
  // An error of the text itself, such as its charset, must arrive as it is.
  source.once('error', (error) => parser.destroy(error))
  const records: AsyncIterable<CsvRecord> = source.pipe(parser)
  let names: string[] | undefined
  let [last, empty] = [0, 0]
  try {
    for await (const { record, info } of records) {
      if (info.lines >= lineOf(broken)) break
      if (names === undefined) names = checkHeader(record)
      else {
        const line = last + 1 + info.empty_lines - empty
        yield { line, bytes: info.bytes, value: toValue(names, record) }
      }
      ;[last, empty] = [info.lines, info.empty_lines]
    }
  } finally {
    source.destroy()
  }
  if (broken !== undefined) throw translate(broken)
  if (names === undefined) {
    refuse('bulk.csv-empty', t('The file with the cards is empty.', '卡文件是空的。'), ALL)
  }
}
