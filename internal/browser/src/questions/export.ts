import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

import { OID_PARTNER } from '@internal/testkit/merchant'
import { ROOT } from '@internal/testkit/repository'
import type { ScenarioText } from '@llpay/sandbox'
import type { Page } from 'playwright-core'

import {
  Findings,
  CARD,
  startWithCard,
  unbindByCli,
  type PageQuestion,
  openConsole,
} from '../page.ts'

const FOLDER = fileURLToPath(new URL('../../.cache/exported', import.meta.url))
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs')

/** A safety net for a test that hangs; no outcome depends on how fast the machine is. */
const CONFIG = 'export default { test: { testTimeout: 120_000 } }\n'

/** Cases that are exported: what is played, and what the call names. */
const CASES: readonly { readonly scenario: ScenarioText; readonly pay_type: string }[] = [
  { scenario: 'normal', pay_type: 'D' },
  { scenario: 'normal', pay_type: '3' },
  { scenario: 'close-after', pay_type: 'D' },
  { scenario: 'wrong-key', pay_type: 'D' },
  { scenario: 'unsigned', pay_type: 'D' },
  { scenario: 'html', pay_type: 'D' },
  { scenario: 'duplicate', pay_type: 'D' },
  { scenario: 'status:503', pay_type: 'D' },
  { scenario: 'code:9999', pay_type: 'D' },
  { scenario: 'code:4000:signed', pay_type: 'D' },
]

async function runVitest(): Promise<{ status: number | null; output: string }> {
  const child = spawn(process.execPath, [VITEST, 'run', '--root', FOLDER, '--no-cache'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  const status = new Promise<number | null>((resolve) => {
    child.once('close', resolve)
  })
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { status: await status, output: output + errors }
}

async function readExport(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Export as vitest' }).click()
  const snippet = page.locator('.snippet').filter({ hasText: 'startSandbox' })
  await snippet.waitFor()
  const source = await snippet.innerText()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  return source
}

/** What is exported runs as it was pasted. */
export const EXPORT_QUESTIONS: readonly PageQuestion[] = [
  {
    name: `${CASES.length + 3} exported cases run as pasted`,
    ask: async ({ browser }) => {
      const found = new Findings()
      rmSync(FOLDER, { recursive: true, force: true })
      mkdirSync(FOLDER, { recursive: true })
      writeFileSync(join(FOLDER, 'vitest.config.ts'), CONFIG)
      await using sandbox = await startWithCard()
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      const client = await sandbox.client()
      const rows = page.getByRole('treeitem', { level: 1 })
      for (const [index, { scenario, pay_type }] of CASES.entries()) {
        const user_id = `case-${index}`
        sandbox.state.cards.bind({ ...CARD, user_id })
        sandbox.state.play(scenario)
        await client.card
          .unbind({ ...CARD, user_id, pay_type }, { settle: 'never' })
          .catch(() => undefined)
        await rows.filter({ hasText: user_id }).waitFor()
        await page.getByText(user_id).last().waitFor()
        writeFileSync(join(FOLDER, `case-${index}.test.ts`), await readExport(page))
      }
      sandbox.state.play('normal')
      sandbox.state.cards.bind({ ...CARD, user_id: 'elsewhere', pay_type: 'M' })
      await unbindByCli(sandbox, { ...CARD, user_id: 'elsewhere' })
      await rows.filter({ hasText: 'other product' }).waitFor()
      writeFileSync(join(FOLDER, 'elsewhere.test.ts'), await readExport(page))
      for (const [name, body] of [
        ['malformed', '{'],
        ['unsigned', JSON.stringify({ oid_partner: OID_PARTNER, user_id: "o'brien" })],
      ] as const) {
        const count = await rows.count()
        await fetch(`${sandbox.url}/bankcardunbind.htm`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        })
        await rows.nth(count).waitFor()
        writeFileSync(join(FOLDER, `${name}.test.ts`), await readExport(page))
      }
      const { status, output } = await runVitest()
      found.holds(output, status === 0)
      found.holds(
        `${CASES.length + 3} tests did not pass: ${output.slice(-600)}`,
        new RegExp(`Tests\\s+${CASES.length + 3} passed`).test(output),
      )
      return [...found.problems, ...complaints]
    },
  },
]
