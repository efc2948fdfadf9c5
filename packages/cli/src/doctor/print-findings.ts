import { isLLPayError } from '@llpay/core'

import { t, type Phrase } from '../output/language.ts'
import { beside, padTo, widthOf } from '../output/layout.ts'
import type { Meaning, Output } from '../output/output.ts'
import { CHECKS, type Finding, type State } from './finding.ts'

const STATES: Readonly<Record<State, { readonly meaning: Meaning; readonly word: Phrase }>> = {
  ok: { meaning: 'good', word: t('ok', '正常') },
  warning: { meaning: 'careful', word: t('warning', '警告') },
  problem: { meaning: 'bad', word: t('problem', '问题') },
  skipped: { meaning: 'faint', word: t('skipped', '跳过') },
}

const nameOf = ({ check }: Finding): Phrase => t(check, CHECKS[check])

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(widthOf)) + 2
}

function printAll(findings: readonly Finding[], output: Output): void {
  const names = findings.map((finding) => output.say(nameOf(finding)))
  const words = findings.map(({ state }) => output.say(STATES[state].word))
  const [nameWidth, wordWidth] = [widest(names), widest(words)]
  for (const [index, { state, text }] of findings.entries()) {
    const word = output.paint(STATES[state].meaning, padTo(words[index] ?? '', wordWidth))
    const [first = '', ...rest] = beside(wordWidth + nameWidth, output.say(text), output.width)
    output.line(word + padTo(names[index] ?? '', nameWidth) + first)
    for (const line of rest) output.line(line)
  }
}

/** What is to be done, each thing once. */
function listFixes(findings: readonly Finding[]): Phrase[] {
  const fixes = findings.flatMap((finding) => {
    const { fix } = finding
    return fix === undefined
      ? []
      : [t(`${finding.check}: ${fix.en}`, `${nameOf(finding).zh}：${fix.zh}`)]
  })
  return [...new Map(fixes.map((fix) => [fix.en, fix])).values()]
}

/** Prints what was found, and what is to be done about it. */
export function printFindings(findings: readonly Finding[], output: Output): void {
  const fixes = listFixes(findings)
  const worst = findings.find(({ state }) => state === 'problem')?.error
  if (output.json) {
    const checks = findings.map(({ check, state, text, fix }) => {
      return { check, state, text: text.en, fix: fix?.en }
    })
    const failure = isLLPayError(worst) ? { api: null, error: worst.toJSON() } : {}
    output.object({ ok: worst === undefined, ...failure, checks, fixes: fixes.map(({ en }) => en) })
    return
  }
  printAll(findings, output)
  output.line('')
  if (fixes.length === 0) {
    output.line(output.paint('good', t('Nothing to fix.', '没有需要修复的问题。')))
    return
  }
  output.line(t('To fix:', '请修复：'))
  for (const [index, fix] of fixes.entries()) {
    const number = `  ${index + 1}. `
    const [first = '', ...rest] = beside(number.length, output.say(fix), output.width)
    output.line(number + first)
    for (const line of rest) output.line(line)
  }
}
