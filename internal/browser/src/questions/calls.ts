import {
  Findings,
  readClipboard,
  CARD,
  startWithCard,
  unbindByCli,
  type PageQuestion,
  openLine,
  openConsole,
} from '../page.ts'

/** Requests arrive, are grouped and explained. */
export const CALL_QUESTIONS: readonly PageQuestion[] = [
  {
    name: 'an unbind by the command line appears as one call with its timeline',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using sandbox = await startWithCard()
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      await page.getByText('Waiting for the first request').waitFor()
      await page.getByRole('button', { name: 'Copy', exact: true }).click()
      found.holds(
        'the command of the empty state is not copied',
        (await readClipboard(page)).includes(`llpay unbind --user-id ${CARD.user_id}`),
      )
      found.equal('exit status', (await unbindByCli(sandbox)).status, 0)
      const call = page.getByRole('treeitem', { level: 1 })
      await call.filter({ hasText: '0000' }).waitFor()
      await found.counts('calls', call, 1)
      await found.counts('requests', page.getByRole('treeitem', { level: 2 }), 3)
      await page.locator('.moment').nth(2).waitFor()
      await page.locator('.verdict').filter({ hasText: 'carried the request out' }).waitFor()
      return [...found.problems, ...complaints]
    },
  },
  {
    name: 'a wrong product is explained, and filters find it',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using sandbox = await startWithCard({
        cards: [CARD, { user_id: 'u-2', no_agree: '77', pay_type: 'M' }],
      })
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      await unbindByCli(sandbox)
      const client = await sandbox.client()
      const wrong = { user_id: 'u-2', no_agree: '77', pay_type: 'D' }
      await client.card.unbind(wrong, { settle: 'never' }).catch(() => undefined)
      await page.getByRole('treeitem', { level: 1 }).filter({ hasText: '3003' }).waitFor()
      await page.locator('.why').filter({ hasText: 'bound under M' }).waitFor()
      await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill('u-2')
      await page.getByText('1 of 2', { exact: true }).waitFor()
      await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill('nothing-like-it')
      await page.getByText('No call matches the filter').waitFor()
      await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill('')
      await page.getByRole('button', { name: 'Problems' }).click()
      await page.getByText('1 of 2', { exact: true }).waitFor()
      await page.getByRole('tab', { name: 'Code' }).click()
      await page.getByText('What to do').waitFor()
      const problems = page.getByRole('treeitem', { level: 1 }).filter({ hasText: 'u-2' })
      await found.counts('rows', problems, 1)
      return [...found.problems, ...complaints]
    },
  },
  {
    name: 'arming close-after loses a reply, and the list settles it',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using sandbox = await startWithCard()
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      await page.getByRole('button', { name: 'Arm', exact: true }).click()
      await page.getByText('1 left').waitFor()
      const run = await unbindByCli(sandbox)
      found.equal('exit status', run.status, 0)
      await page.getByRole('treeitem', { level: 1 }).filter({ hasText: 'lost, absent' }).waitFor()
      await page.getByText('Every request gets its normal reply.').waitFor()
      await page.locator('.verdict').filter({ hasText: 'settled' }).waitFor()
      return [...found.problems, ...complaints]
    },
  },
  {
    name: 'rejected, malformed and dropped requests are there',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using sandbox = await startWithCard()
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      const url = `${sandbox.url}/bankcardunbind.htm`
      const headers = { 'content-type': 'application/json' }
      await fetch(url, { method: 'POST', headers, body: '{' })
      await fetch(`${sandbox.url}/nowhere.htm`, { method: 'POST', headers, body: '{}' })
      sandbox.state.play('close-before')
      await fetch(url, { method: 'POST', headers, body: '{}' }).catch(() => undefined)
      const rows = page.getByRole('treeitem', { level: 1 })
      await rows.filter({ hasText: '1012' }).waitFor()
      await rows.filter({ hasText: 'HTTP 404' }).waitFor()
      await rows.filter({ hasText: 'lost' }).waitFor()
      await found.counts('calls', rows, 3)
      return [...found.problems, ...complaints]
    },
  },
  {
    name: 'a restart of the sandbox is noticed, and nothing is missed',
    ask: async ({ browser }) => {
      const found = new Findings()
      const first = await startWithCard()
      const port = Number(new URL(first.url).port)
      await using opened = await openConsole(browser, { url: first.url })
      const { page } = opened
      await unbindByCli(first)
      await page.getByRole('treeitem', { level: 1 }).filter({ hasText: '0000' }).waitFor()
      await first[Symbol.asyncDispose]()
      await page.locator('.connection.offline').waitFor()
      await using second = await startWithCard({
        port,
        cards: [{ ...CARD, user_id: 'after-restart' }],
      })
      await unbindByCli(second, { ...CARD, user_id: 'after-restart' })
      await page.locator('.connection.live').waitFor()
      const rows = page.getByRole('treeitem', { level: 1 })
      await rows.filter({ hasText: 'after-restart' }).waitFor()
      await found.counts('calls', rows, 1)
      return found.problems
    },
  },
  {
    name: 'what arrives while the line is cut is there afterwards',
    ask: async ({ browser }) => {
      await using sandbox = await startWithCard()
      await using line = await openLine(sandbox.url)
      await using opened = await openConsole(browser, { url: line.url })
      const { page } = opened
      line.cut()
      await page.locator('.connection.offline').waitFor()
      await unbindByCli(sandbox)
      line.restore()
      await page.getByRole('treeitem', { level: 1 }).filter({ hasText: '0000' }).waitFor()
      await page.locator('.connection.live').waitFor()
      return []
    },
  },
  {
    name: 'cards and scenarios that somebody else changed appear by themselves',
    ask: async ({ browser }) => {
      await using sandbox = await startWithCard()
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      sandbox.state.cards.bind({ user_id: 'from-outside', no_agree: '5' })
      await page.getByRole('region', { name: 'Cards' }).getByText('from-outside').waitFor()
      sandbox.state.play('tampered', { next: 7 })
      await page.getByText('7 left').waitFor()
      return complaints
    },
  },
  {
    name: 'a full journal draws only what is in view',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using sandbox = await startWithCard()
      for (let index = 0; index < 2000; index += 50) {
        await Promise.all(
          Array.from({ length: 50 }, (_, at) =>
            fetch(`${sandbox.url}/bankcardunbind.htm`, {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ user_id: `u-${index + at}` }),
            }),
          ),
        )
      }
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      await page.getByText('2000', { exact: true }).waitFor()
      const drawn = await page.getByRole('treeitem').count()
      found.holds(`${drawn} rows are drawn`, drawn < 60)
      await page.getByRole('tree').focus()
      await page.keyboard.press('End')
      await page.locator('[role=treeitem][aria-selected=true][aria-posinset="2000"]').waitFor()
      return [...found.problems, ...complaints]
    },
  },
]
