import { formatLogLine, SCENARIOS, scenarioNames, type JournalEntry } from '@llpay/sandbox'
import { formatLogLineInChinese, sandboxInChinese, scenarioInChinese } from '@llpay/sandbox/chinese'

import { escapeText } from '../output/escape.ts'
import { t, type Phrase } from '../output/language.ts'

/** Every scenario and what it plays, for help. */
export const SCENARIO_ROWS: readonly (readonly [string, Phrase])[] = scenarioNames().map((name) => {
  const { summary } = SCENARIOS[name]
  return [name, t(summary, scenarioInChinese(name, summary))]
})

/** What a sandbox said, in both languages. */
export const sandboxText = (text: string): Phrase => t(text, sandboxInChinese(text))

/** A request as a line of the sandbox's log. */
export const logLine = (entry: JournalEntry): Phrase =>
  t(escapeText(formatLogLine(entry)), escapeText(formatLogLineInChinese(entry)))
