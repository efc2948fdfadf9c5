import type { Api, Reply } from '@llpay/core'

import { escapeText } from './escape.ts'
import { t, type Phrase } from './language.ts'
import { table, widthOf } from './layout.ts'
import type { Entry, Output } from './output.ts'

const isRow = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const show = (value: unknown) =>
  escapeText(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** Names of facts that commands print. */
export const FACTS = {
  evidence: t('evidence', '证据'),
  signature: t('signature', '签名'),
  undecided: t('undecided', '未确定'),
  queried: t('queried', '已查询'),
} as const

/** What outcomes are in Chinese; the wire's own word stays beside it. */
const OUTCOMES: Readonly<Record<string, string>> = { unbound: '已解绑', 'not-bound': '未绑定' }

/** An outcome as a person reads it. */
export const outcomeText = (outcome: string): Phrase =>
  t(outcome, OUTCOMES[outcome] === undefined ? outcome : `${OUTCOMES[outcome]} (${outcome})`)

const UNSIGNED = t(' (not covered by the signature)', '（不在签名范围内）')

/**
 * Prints a list of objects as a table with a column for each member that any of them has; where that
 * is wider than the terminal, as the members of one after the other.
 */
export function printList(list: readonly unknown[], output: Output): void {
  const rows = list.filter(isRow)
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const head = names.map(escapeText)
  const lines = table([head, ...rows.map((row) => names.map((name) => show(row[name])))])
  if (!output.isTerminal || lines.every((line) => widthOf(line) <= output.width)) {
    for (const line of lines) output.line(line)
    return
  }
  for (const [index, row] of rows.entries()) {
    if (index > 0) output.line('')
    output.rows(Object.entries(row).map(([name, value]) => [escapeText(name), show(value)]))
  }
}

/** Prints the reply of an endpoint that only reads. */
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
    const note = unsignedFields.includes(name) ? output.say(UNSIGNED) : ''
    output.line('')
    output.line(name + note)
    printList(value, output)
  }
}

/** What became of a change, as every command knows it. */
interface Outcome {
  readonly outcome: string
  readonly evidence: string
  readonly reply: { readonly fields: object; readonly signature: string }
  readonly attempts: number
}

/**
 * Prints what became of a change.
 *
 * @param more what only one command knows: members of the object, and rows above and below the others.
 */
export function printOutcome(
  api: string,
  { outcome, evidence, reply, attempts }: Outcome,
  output: Output,
  more: { readonly members?: object; readonly above?: Entry[]; readonly below?: Entry[] } = {},
): void {
  const { fields, signature } = reply
  const ret_code: unknown = Reflect.get(fields, 'ret_code')
  const ret_msg: unknown = Reflect.get(fields, 'ret_msg')
  const { members = {}, above = [], below = [] } = more
  if (output.json) {
    const facts = { outcome, evidence, ret_code, ret_msg, signature, attempts }
    output.object({ ok: true, api, ...facts, ...members })
    return
  }
  output.line(output.paint('good', outcomeText(outcome)))
  output.rows([
    ...above,
    [FACTS.evidence, evidence],
    ['ret_code', String(ret_code)],
    ['ret_msg', typeof ret_msg === 'string' ? escapeText(ret_msg) : undefined],
    [FACTS.signature, signature],
    ...below,
  ])
}
