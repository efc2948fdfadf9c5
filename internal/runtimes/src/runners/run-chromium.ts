import { existsSync } from 'node:fs'

import { chromium } from 'playwright-core'

import { readReport, TIMEOUT_MS, type Runner } from './runner.ts'

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/**
 * Runs the suite in a headless Chromium, which proves the fallback: no page is a place for a
 * merchant's private key. The page comes from the gateway, since `crypto.subtle` wants a secure
 * context and `fetch` the same origin.
 */
export const runChromium: Runner = async ({ bundles, gateway }) => {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) return undefined
  gateway.publish('/suite.js', bundles.script)
  const browser = await chromium.launch({ executablePath, args: ARGS })
  try {
    const page = await browser.newPage()
    page.setDefaultTimeout(TIMEOUT_MS)
    await page.goto(`${gateway.url}/`)
    await page.addScriptTag({ url: '/suite.js' })
    const report: unknown = await page.evaluate('runSuite().then(JSON.stringify)')
    return readReport(String(report))
  } finally {
    await browser.close()
  }
}
