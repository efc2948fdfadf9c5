// Drives the sandbox's console in Chromium. Without Chromium, what needs it is reported as skipped.
import { report, type Question } from '@internal/testkit/report'

import { type PageQuestion, hasChromium, launch } from './page.ts'
import { ACTION_QUESTIONS } from './questions/actions.ts'
import { CALL_QUESTIONS } from './questions/calls.ts'
import { KEYBOARD_QUESTIONS, LOOK_QUESTIONS } from './questions/everyone.ts'
import { EXPORT_QUESTIONS } from './questions/export.ts'
import { NOTIFICATION_QUESTIONS } from './questions/notifications.ts'
import { RECORDING_QUESTION, SCREENSHOT_QUESTION } from './questions/pictures.ts'
import { HOSTILE_QUESTIONS, SERVED_QUESTIONS } from './questions/serving.ts'

// Usage: main.ts [WORD] asks all questions, or those whose name has the word.
const [wanted = ''] = process.argv.slice(2)

const all: readonly PageQuestion[] = [
  ...CALL_QUESTIONS,
  ...ACTION_QUESTIONS,
  ...NOTIFICATION_QUESTIONS,
  ...EXPORT_QUESTIONS,
  ...KEYBOARD_QUESTIONS,
  ...HOSTILE_QUESTIONS,
  ...LOOK_QUESTIONS,
  SCREENSHOT_QUESTION,
].filter(({ name }) => name.includes(wanted))

const withoutBrowser = [...SERVED_QUESTIONS, RECORDING_QUESTION]

if (hasChromium()) {
  const browser = await launch()
  const questions = all.map(({ name, ask }): Question => {
    return { name, ask: () => ask({ browser }) }
  })
  await report('browser', [...withoutBrowser, ...questions])
  await browser.close()
} else {
  const why = 'there is no Chromium: install it, or name one in CHROMIUM'
  await report(
    'browser',
    withoutBrowser,
    all.map(({ name }) => ({ name, why })),
  )
}
