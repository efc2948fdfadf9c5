import { Findings } from '../ask-page.ts'
import { startWithCard, unbindByCli, type PageQuestion } from '../context.ts'
import { openConsole } from '../open-browser.ts'

/** The page without a mouse, and what it keeps. */
export const KEYBOARD_QUESTIONS: readonly PageQuestion[] = [
  {
    name: 'j, k, Enter, Esc, / and ? work from anywhere',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using sandbox = await startWithCard()
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      await unbindByCli(sandbox)
      await page.getByRole('treeitem', { level: 2 }).nth(2).waitFor()
      const reaches = (position: number) =>
        page.locator(`[role=treeitem][aria-selected=true][aria-posinset="${position}"]`).waitFor()
      const { keyboard } = page
      await keyboard.press('j')
      await keyboard.press('j')
      await reaches(3)
      await keyboard.press('k')
      await reaches(2)
      await keyboard.press('k')
      await keyboard.press('Enter')
      await page.getByRole('treeitem', { level: 2 }).first().waitFor({ state: 'detached' })
      await keyboard.press('Enter')
      await page.getByRole('treeitem', { level: 2 }).first().waitFor()
      await keyboard.press('/')
      found.equal('focus', await page.evaluate(() => document.activeElement?.id), 'filter')
      await keyboard.type('jk?')
      found.equal('typed', await page.locator('#filter').inputValue(), 'jk?')
      await page.locator('#filter').fill('')
      await keyboard.press('Escape')
      await keyboard.press('?')
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
      await keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await keyboard.press('Escape')
      await page.getByRole('button', { name: 'Follow the latest' }).waitFor({ state: 'detached' })
      return [...found.problems, ...complaints]
    },
  },
  {
    name: 'everything is reached by Tab, and the focus is seen',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using sandbox = await startWithCard()
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      await unbindByCli(sandbox)
      await page.getByRole('treeitem').first().waitFor()
      const reached: string[] = []
      for (let step = 0; step < 60; step += 1) {
        await page.keyboard.press('Tab')
        const [name, outline] = await page.evaluate(() => {
          const element = document.activeElement
          if (element === null || element === document.body) return ['', 'solid']
          const style = getComputedStyle(element)
          const label = element.getAttribute('aria-label') ?? element.textContent
          return [`${element.tagName} ${label.trim().slice(0, 30)}`, style.outlineStyle]
        })
        if (name !== '' && outline === 'none') found.problems.push(`${name} shows no focus`)
        reached.push(name ?? '')
      }
      for (const wanted of ['Copy env', 'Replay', 'Export as vitest', 'Arm', 'Bind a card']) {
        found.holds(
          `${wanted} is not reached by Tab`,
          reached.some((name) => name.includes(wanted)),
        )
      }
      return [...found.problems, ...complaints]
    },
  },
  {
    name: 'language and theme are kept, and nothing else is',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using sandbox = await startWithCard()
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, context, complaints } = opened
      await unbindByCli(sandbox)
      await page.getByRole('button', { name: '中文' }).click()
      await page.getByRole('button', { name: '主题：跟随系统' }).click()
      await page.reload()
      await page.getByRole('heading', { name: '调用' }).waitFor()
      await page.locator('html[data-theme=light]').waitFor()
      const kept = await page.evaluate(async () => [
        Object.keys(localStorage),
        Object.keys(sessionStorage),
        (await indexedDB.databases()).length,
        await caches.keys(),
      ])
      found.equal('what is kept', kept, [['llpay-console'], [], 0, []])
      found.equal('cookies', await context.cookies(), [])
      return [...found.problems, ...complaints]
    },
  },
]
