import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Question } from '@internal/testkit/report'
import { ROOT } from '@internal/testkit/repository'

import type { PageQuestion } from '../context.ts'
import { recordTerminal } from '../pictures/record-terminal.ts'
import { takeScreenshots } from '../pictures/take-screenshots.ts'

const FOLDER = join(ROOT, 'docs/console')
const AGAIN = 'Run npm run pictures.'

/** Width and height of a PNG, from its header. */
function sizeOf(png: Uint8Array): string {
  const view = new DataView(png.buffer, png.byteOffset)
  return `${view.getUint32(16)}x${view.getUint32(20)}`
}

/** The recording is what the commands print. */
export const RECORDING_QUESTION: Question = {
  name: 'the recording of the README is what the commands print',
  ask: async () =>
    readFileSync(join(FOLDER, 'terminal.svg'), 'utf8') === (await recordTerminal())
      ? []
      : [`docs/console/terminal.svg is old. ${AGAIN}`],
}

/** The screenshots can be made again; fonts differ, so that their pixels may. */
export const SCREENSHOT_QUESTION: PageQuestion = {
  name: 'the screenshots of the README can be made again',
  ask: async ({ browser }) => {
    const problems: string[] = []
    for (const [name, bytes] of await takeScreenshots(browser, 0)) {
      const [made, kept] = [sizeOf(bytes), sizeOf(readFileSync(join(FOLDER, name)))]
      if (made !== kept) problems.push(`docs/console/${name} is ${kept}, not ${made}. ${AGAIN}`)
    }
    return problems
  },
}
