import type { DiagnoseKey, SignatureFacts, VerifyReport } from '@llpay/core/diagnose'

import { fingerprint } from '../keys/fingerprint.ts'
import { canonicalFacts, canonicalRows } from './canonical-rows.ts'
import type { Output } from './output.ts'
import { rows } from './rows.ts'

const keyFacts = ({ name, key }: DiagnoseKey) => ({
  name,
  bits: key.bits,
  fingerprint: fingerprint(key),
})

const UNOPENED: Readonly<Record<Exclude<SignatureFacts['state'], 'opened'>, string>> = {
  absent: 'none: the message is not signed',
  unreadable: 'cannot be read: sign is not a signature in base64',
  unopened: 'does not open with this key: another key signed it, or it is damaged',
}

function signatureRow({ state, hash, digest }: SignatureFacts): string {
  if (state !== 'opened') return UNOPENED[state]
  return hash === undefined ? 'holds no digest' : `holds ${hash.toUpperCase()} ${digest}`
}

function explainRows(
  { received, steps, signature }: VerifyReport,
  keys: readonly DiagnoseKey[],
): [string, string][] {
  const { members, bytes, charset } = received
  const { madeBy } = signature
  return [
    ['message', `${members.length} members, ${bytes} bytes, ${charset}`],
    ...canonicalRows(steps),
    ...keys.flatMap(({ name, key }): [string, string][] => [
      ['key', `${name}, ${key.bits} bits`],
      ['', `SHA-256 ${fingerprint(key)}`],
    ]),
    ['signature', signatureRow(signature)],
    ...(madeBy === undefined ? [] : [['', `made with ${madeBy}`] satisfies [string, string]]),
  ]
}

function printJson(report: VerifyReport, keys: readonly DiagnoseKey[], output: Output): void {
  const { received, steps, signature, error } = report
  const [causes, notes] = [report.causes, report.notes].map((list) => list.map(({ en }) => en))
  const explanation = {
    ...canonicalFacts(steps),
    keys: keys.map(keyFacts),
    madeBy: signature.madeBy ?? null,
    charset: received.charset,
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

/** What to print of a report. */
export interface PrintOptions {
  /** The keys that were given to verify with. */
  readonly keys: readonly DiagnoseKey[]
  /** Whether each step is shown. */
  readonly isExplained: boolean
}

/** Prints whether a message verifies, why not, and on request each step. */
export function printVerifyReport(
  report: VerifyReport,
  { keys, isExplained }: PrintOptions,
  output: Output,
): void {
  if (output.json) {
    printJson(report, keys, output)
    return
  }
  if (isExplained) {
    for (const line of rows(explainRows(report, keys))) output.line(line)
    output.line('')
  }
  output.line(
    report.verified ? output.paint('good', 'verified') : output.paint('bad', 'not verified'),
  )
  for (const line of rows(report.causes.map(({ en }) => ['because', en]))) output.line(line)
  for (const line of rows(report.notes.map(({ en }) => ['note', en]))) output.line(line)
}
