import { readJsonObject } from '@llpay/core/adapter'

import type { Row } from './open-input.ts'

/** No job is longer; a file without line ends must not be kept in memory. */
const MAX_LINE = 16_384

/** What is not a JSON object, or is one with a member twice, is not a job: it stays `undefined`. */
function parse(line: string): unknown {
  if (line.length > MAX_LINE) return undefined
  try {
    // Read twice: the strict reader refuses members that are there twice.
    readJsonObject(line)
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Reads a JSON object per line; blank lines count, and say nothing. */
export async function* readNdjson(text: AsyncIterable<string>): AsyncGenerator<Row> {
  let [line, bytes] = [0, 0]
  let rest = ''
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n')
    rest = (lines.pop() ?? '').slice(0, MAX_LINE + 1)
    for (const each of lines) {
      line += 1
      bytes += Buffer.byteLength(each) + 1
      if (each.trim() !== '') yield { line, bytes, value: parse(each) }
    }
  }
  if (rest.trim() === '') return
  yield { line: line + 1, bytes: bytes + Buffer.byteLength(rest), value: parse(rest) }
}
