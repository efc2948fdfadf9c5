import type { LLPayError } from '@llpay/core'

import { stepRows, type Steps } from '../diagnose/describe-message.ts'
import type { NamedKey } from '../diagnose/diagnose.ts'
import type { ReadMessage } from '../diagnose/read-message.ts'
import type { SignedBlock } from '../diagnose/recover-block.ts'
import { fingerprint } from '../keys/fingerprint.ts'
import type { Output } from './output.ts'
import { rows } from './rows.ts'

/** What verification came to. */
export interface Verdict {
  readonly read: ReadMessage
  readonly steps: Steps
  readonly keys: readonly NamedKey[]
  readonly madeBy: NamedKey | undefined
  readonly block: SignedBlock | undefined
  /** Why it does not verify. */
  readonly causes: readonly string[]
  /** What else is odd. */
  readonly notes: readonly string[]
  /** What the client would throw; none where the message verifies. */
  readonly error: LLPayError | undefined
}

const keyFacts = ({ name, key }: NamedKey) => ({
  name,
  bits: key.bits,
  fingerprint: fingerprint(key),
})

function blockRow(block: SignedBlock | undefined): string {
  if (block === undefined) return 'noise: made with another key, or damaged'
  return block.kind === 'bare'
    ? 'no digest'
    : `${block.hash.toUpperCase()} ${block.digest.toString('hex')}`
}

function explainRows({ read, steps, keys, madeBy, block }: Verdict): [string, string][] {
  return [
    ['message', `${read.pieces.length} members, ${read.bytes} bytes, ${read.charset}`],
    ...stepRows(steps),
    ...keys.flatMap(({ name, key }): [string, string][] => [
      ['key', `${name}, ${key.bits} bits`],
      ['', `SHA-256 ${fingerprint(key)}`],
    ]),
    ['signature', `holds ${blockRow(block)}`],
    ...(madeBy === undefined ? [] : [['', `made with ${madeBy.name}`] satisfies [string, string]]),
  ]
}

function printJson(verdict: Verdict, output: Output): void {
  const { steps, keys, madeBy, causes, notes, error } = verdict
  const explanation = {
    ...steps,
    keys: keys.map(keyFacts),
    madeBy: madeBy?.name ?? null,
    charset: verdict.read.charset,
  }
  if (error === undefined) {
    output.object({ ok: true, verified: true, notes, explanation })
    return
  }
  const { name, code, message } = error
  output.object({
    ok: false,
    api: null,
    error: { name, code, message, delivered: 'no' },
    causes,
    notes,
    explanation,
  })
}

/** Prints whether a message verifies, why not, and on request each step. */
export function printVerdict(verdict: Verdict, isExplained: boolean, output: Output): void {
  if (output.json) {
    printJson(verdict, output)
    return
  }
  const { causes, notes, error } = verdict
  if (isExplained) {
    for (const line of rows(explainRows(verdict))) output.line(line)
    output.line('')
  }
  output.line(
    error === undefined ? output.paint('good', 'verified') : output.paint('bad', 'not verified'),
  )
  for (const line of rows(causes.map((cause) => ['because', cause]))) output.line(line)
  for (const line of rows(notes.map((note) => ['note', note]))) output.line(line)
}
