import { existsSync } from 'node:fs'

import axe from 'axe-core'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

/** Where Debian puts Chromium; another one is named in CHROMIUM. */
const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A safety net for a page that hangs; no outcome depends on it. */
const TIMEOUT_MS = 120_000

/** Whether there is a Chromium to drive. */
export const hasChromium = (): boolean => existsSync(EXECUTABLE)

/** Starts Chromium with a fresh profile. */
export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: EXECUTABLE, args: ARGS })

/** How a page is looked at. */
export interface View {
  readonly width?: number
  readonly height?: number
  readonly theme?: 'light' | 'dark'
  readonly locale?: 'en-US' | 'zh-CN'
  readonly url: string
}

/** A page of the console, and what the browser complained of. */
export interface OpenedPage extends AsyncDisposable {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors of the console, uncaught exceptions and violations of the content security policy. */
  readonly complaints: string[]
}

/** Opens the console in its own context, and waits until it is live. */
export async function openConsole(browser: Browser, view: View): Promise<OpenedPage> {
  const { width = 1280, height = 800, theme = 'light', locale = 'en-US', url } = view
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale,
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  context.setDefaultTimeout(TIMEOUT_MS)
  await context.addInitScript({ content: axe.source })
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} ${blockedURI}`)
    })
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', ({ message }) => complaints.push(message))
  await page.goto(url)
  await page.locator('.connection.live').waitFor()
  return { page, context, complaints, [Symbol.asyncDispose]: () => context.close() }
}
