import {
  findAccessibilityProblems,
  findOverflow,
  Findings,
  CARD,
  startWithCard,
  unbindByCli,
  type PageQuestion,
  openConsole,
  type View,
} from '../page.ts'

type Look = Required<Pick<View, 'width' | 'height' | 'theme' | 'locale'>>

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const

const LOOKS: readonly Look[] = SIZES.flatMap((size) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    (['en-US', 'zh-CN'] as const).map((locale) => ({ ...size, theme, locale })),
  ),
)

const TABS = 6
const SECTIONS = 5

/** The buttons that open a dialog. */
const TOOLS = {
  'en-US': ['Paste a message', 'Return codes', 'Reset'],
  'zh-CN': ['粘贴报文验签', '返回码', '重置'],
} as const

const INBOX = {
  'en-US': { notifications: 'Notifications', send: 'Send' },
  'zh-CN': { notifications: '通知', send: '发送' },
} as const

/** Port 1 of this machine: nothing listens there. */
const UNREACHABLE = 'http://127.0.0.1:1/notify/payment/with/a/path/that/is/long'

/** Nothing sticks out, and axe finds nothing: in every state, size, theme and language. */
export const LOOK_QUESTIONS: readonly PageQuestion[] = LOOKS.map((look) => ({
  name: `${look.width} pixels, ${look.theme}, ${look.locale}: nothing sticks out, and axe finds nothing`,
  ask: async ({ browser }) => {
    const found = new Findings()
    await using sandbox = await startWithCard()
    await using opened = await openConsole(browser, { ...look, url: sandbox.url })
    const { page, complaints } = opened
    const seen = new Set<string>()
    const examine = async (state: string): Promise<void> => {
      const problems = [...(await findAccessibilityProblems(page)), ...(await findOverflow(page))]
      const fresh = problems.filter((problem) => !seen.has(problem))
      for (const problem of fresh) seen.add(problem)
      found.problems.push(...fresh.map((problem) => `${state}: ${problem}`))
    }
    await examine('empty')
    sandbox.state.play('close-after', { api: 'card.unbind', next: 1 })
    await unbindByCli(sandbox)
    await unbindByCli(sandbox)
    const isNarrow = look.width < 800
    await page.getByRole('treeitem', { level: 1 }).nth(1).waitFor()
    await examine('calls')
    if (isNarrow) await page.getByRole('treeitem').first().click()
    for (let index = 0; index < TABS; index += 1) {
      await page.getByRole('tab').nth(index).click()
      await page.getByRole('tabpanel').locator('*').first().waitFor()
      await examine(`tab ${index}`)
    }
    const sections = page.getByRole('navigation').getByRole('button')
    for (let index = 1; index < (isNarrow ? SECTIONS : 0); index += 1) {
      await sections.nth(index).click()
      await examine(`section ${index}`)
    }
    const { notifications, send } = INBOX[look.locale]
    if (!isNarrow) await page.getByRole('button', { name: notifications, exact: true }).click()
    await sandbox.notifications.send({ kind: 'payment', url: UNREACHABLE, fault: 'forged' })
    const row = page.getByRole('button', { name: /^payment/ })
    await row.waitFor()
    await examine('notifications')
    await row.click()
    await page.locator('.delivery').waitFor()
    await examine('dialog of a notification')
    await page.keyboard.press('Escape')
    for (const name of [send, ...TOOLS[look.locale]]) {
      await page.getByRole('button', { name, exact: true }).click()
      await page.getByRole('dialog').waitFor()
      await examine(`dialog ${name}`)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await page.locator(`html[lang=${look.locale === 'en-US' ? 'en' : 'zh-CN'}]`).waitFor()
    found.equal('cards of the sandbox', sandbox.state.cards.isBound(CARD), false)
    return [...found.problems, ...complaints]
  },
}))

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
