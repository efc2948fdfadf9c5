import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { isDeepStrictEqual } from 'node:util'

import { runCli, type CliRun } from '@internal/testkit/cli'
import { startSandbox, type StartedSandbox, type StartSandboxOptions } from '@llpay/sandbox/node'
import axe from 'axe-core'
import {
  type Browser,
  chromium,
  type BrowserContext,
  type Page,
  type Locator,
} from 'playwright-core'

/** What every question has at hand. */
export interface Surroundings {
  readonly browser: Browser
}

/** A question about the page: it returns what is wrong. */
export interface PageQuestion {
  readonly name: string
  readonly ask: (surroundings: Surroundings) => Promise<readonly string[]>
}

/** The card that most questions unbind. */
export const CARD = { user_id: 'u-1', no_agree: '2014031710002121', pay_type: 'D' } as const

/** Starts a sandbox with one bound card. */
export const startWithCard = (options: StartSandboxOptions = {}): Promise<StartedSandbox> =>
  startSandbox({ cards: [CARD], ...options })

/** Unbinds the card by the real command line. */
export const unbindByCli = (
  { env }: StartedSandbox,
  card: { user_id: string; no_agree: string; pay_type: string } = CARD,
): Promise<CliRun> =>
  runCli(
    [
      'unbind',
      `--user-id=${card.user_id}`,
      `--no-agree=${card.no_agree}`,
      `--pay-type=${card.pay_type}`,
      '--json',
    ],
    env,
  )

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

/** Collects what is not as it should be, in words. */
export class Findings {
  readonly problems: string[] = []

  /** Notes a problem where two values differ. */
  equal(what: string, actual: unknown, expected: unknown): void {
    if (isDeepStrictEqual(actual, expected)) return
    this.problems.push(`${what}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`)
  }

  /** Waits until a locator matches as many elements as it should, and notes where it has more. */
  async counts(what: string, locator: Locator, expected: number): Promise<void> {
    await locator.nth(expected - 1).waitFor({ state: 'attached' })
    this.equal(what, await locator.count(), expected)
  }

  /** Notes a problem where something does not hold. */
  holds(what: string, isTrue: boolean): void {
    if (!isTrue) this.problems.push(what)
  }
}

/** What axe finds on the page as it is. */
export async function findAccessibilityProblems(page: Page): Promise<string[]> {
  const found: unknown = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
        nodes.slice(0, 3).map(({ html, failureSummary }) => id + ': ' + html.slice(0, 200) + ' ' + failureSummary.slice(0, 300))))`,
  )
  return Array.isArray(found) ? found.map(String) : ['axe did not run']
}

/** Whether something sticks out to the right, so that the page scrolls sideways. */
export async function findOverflow(page: Page): Promise<string[]> {
  const width = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ])
  const [scroll = 0, client = 0] = width
  return scroll <= client ? [] : [`the page is ${scroll} pixels wide in ${client}`]
}

/** What was copied last. */
export const readClipboard = (page: Page): Promise<string> =>
  page.evaluate(() => navigator.clipboard.readText())

/** A line to a server that can be cut and restored. */
export interface CuttableLine extends AsyncDisposable {
  readonly url: string
  /** Drops every connection, and takes no new one. */
  cut(): void
  /** Takes connections again. */
  restore(): void
}

/** Puts a line of TCP before a server of this machine. */
export async function openLine(target: string): Promise<CuttableLine> {
  const port = Number(new URL(target).port)
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((client) => {
    if (isCut) {
      client.destroy()
      return
    }
    const upstream = connect(port, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    upstream.pipe(client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const own = typeof address === 'object' && address !== null ? address.port : 0
  const cut = (): void => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${own}`,
    cut,
    restore() {
      isCut = false
    },
    async [Symbol.asyncDispose]() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
