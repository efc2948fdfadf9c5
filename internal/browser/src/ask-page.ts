import { isDeepStrictEqual } from 'node:util'

import type { Locator, Page } from 'playwright-core'

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
