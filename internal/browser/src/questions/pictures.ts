import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Question } from '@internal/testkit/report'
import { ROOT } from '@internal/testkit/repository'
import { startSandbox, type StartedSandbox } from '@llpay/sandbox/node'
import type { Browser } from 'playwright-core'

import { unbindByCli, openConsole, type PageQuestion } from '../page.ts'
import { recordTerminal } from '../pictures/terminal.ts'

const SIZE = { width: 1280, height: 800 } as const

/** A clock that goes on by a few milliseconds each time it is read, so that every picture says the same. */
function makeClock() {
  let now = Date.UTC(2026, 10, 26, 4, 0, 1, 204)
  return {
    now: () => {
      now += 3
      return now
    },
    sleep: async () => undefined,
  }
}

const card = (user_id: string, last: string, pay_type: string) => ({
  user_id,
  no_agree: `201403171000${last}`,
  pay_type,
})

/** Makes the calls that the pictures show: one of each kind. */
async function play(sandbox: StartedSandbox): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${sandbox.url}/bankcardunbind.htm`, { method: 'POST', headers, body: '{' })
  await unbindByCli(sandbox, card('u-2', '2122', 'D'))
  await unbindByCli(sandbox, card('u-3', '2123', 'D'))
  sandbox.state.play('close-after', { api: 'card.unbind', next: 1 })
  await unbindByCli(sandbox, card('u-4', '2124', 'D'))
  await unbindByCli(sandbox, card('u-1', '2121', 'D'))
  sandbox.state.play('close-after', { api: 'card.unbind', next: 1 })
}

/** Takes the pictures of the README from the running page: light and dark. */
export async function takeScreenshots(
  browser: Browser,
  port: number,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const pictures = new Map<string, Uint8Array>()
  for (const theme of ['light', 'dark'] as const) {
    await using sandbox = await startSandbox({
      port,
      clock: makeClock(),
      cards: [
        card('u-1', '2121', 'M'),
        ...['2122', '2123', '2124', '2125', '2126', '2127', '2128'].map((last, index) =>
          card(`u-${index + 2}`, last, 'D'),
        ),
      ],
    })
    await play(sandbox)
    await using opened = await openConsole(browser, { ...SIZE, theme, url: sandbox.url })
    const { page } = opened
    await page.getByRole('treeitem', { level: 1 }).nth(4).waitFor()
    await page.getByText('1 left').waitFor()
    await page.getByRole('treeitem', { level: 1 }).filter({ hasText: 'u-4' }).click()
    await page.keyboard.press('Enter')
    await page.locator('.verdict').waitFor()
    pictures.set(`${theme}.png`, await page.screenshot())
  }
  return pictures
}

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
