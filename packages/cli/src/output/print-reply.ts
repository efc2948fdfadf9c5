import type { Api, Reply } from '@llpay/core'

import { escapeText } from './escape.ts'
import type { Output } from './output.ts'
import { table } from './table.ts'

const isRow = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const show = (value: unknown) =>
  escapeText(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** A list of objects as a table with a column for each member that any of them has. */
export function rowsOf(list: readonly unknown[]): string[] {
  const rows = list.filter(isRow)
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return table([names.map(escapeText), ...rows.map((row) => names.map((name) => show(row[name])))])
}

/** Prints the answer of an endpoint that only reads. */
export function printReply(api: Api, reply: Reply<object>, output: Output): void {
  const { fields, signature, unsignedFields, attempts } = reply
  if (output.json) {
    output.object({ ok: true, api: api.id, fields, signature, unsignedFields, attempts })
    return
  }
  const entries = Object.entries(fields)
  const single = entries.filter(([, value]) => !Array.isArray(value))
  for (const line of table(single.map(([name, value]) => [name, show(value)]))) output.line(line)
  for (const [name, value] of entries) {
    if (!Array.isArray(value)) continue
    const note = unsignedFields.includes(name) ? ' (not covered by the signature)' : ''
    output.line('')
    output.line(output.paint('faint', `${name}${note}`))
    for (const line of rowsOf(value)) output.line(line)
  }
}
