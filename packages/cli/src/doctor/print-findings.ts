import { isLLPayError } from '@llpay/core'

import type { Meaning, Output } from '../output/output.ts'
import { padTo } from '../output/width.ts'
import { beside } from '../output/wrap.ts'
import type { Finding, State } from './finding.ts'

const STATE = 9
const CHECK = 14

const MEANING: Readonly<Record<State, Meaning | undefined>> = {
  ok: 'good',
  warning: 'careful',
  problem: 'bad',
  skipped: 'faint',
}

function printOne({ check, state, text }: Finding, output: Output): void {
  const meaning = MEANING[state]
  const word = padTo(state, STATE)
  const painted = meaning === undefined ? word : output.paint(meaning, word)
  const [first = '', ...rest] = beside(STATE + CHECK, text)
  output.line(painted + padTo(check, CHECK) + first)
  for (const line of rest) output.line(line)
}

/** What is to be done, each thing once. */
function listFixes(findings: readonly Finding[]): string[] {
  const fixes = findings.flatMap(({ check, fix }) =>
    fix === undefined ? [] : [`${check}: ${fix}`],
  )
  return [...new Set(fixes)]
}

/** Prints what was found, and what is to be done about it. */
export function printFindings(findings: readonly Finding[], output: Output): void {
  const fixes = listFixes(findings)
  const worst = findings.find(({ state }) => state === 'problem')?.error
  if (output.json) {
    const checks = findings.map(({ check, state, text, fix }) => ({ check, state, text, fix }))
    const failure = isLLPayError(worst) ? { api: null, error: worst.toJSON() } : {}
    output.object({ ok: worst === undefined, ...failure, checks, fixes })
    return
  }
  for (const finding of findings) printOne(finding, output)
  output.line('')
  if (fixes.length === 0) {
    output.line(output.paint('good', 'Nothing to fix.'))
    return
  }
  output.line('To fix:')
  for (const [index, fix] of fixes.entries()) {
    const number = `${index + 1}. `
    const [first = '', ...rest] = beside(number.length + 2, fix)
    output.line(`  ${number}${first}`)
    for (const line of rest) output.line(line)
  }
}
