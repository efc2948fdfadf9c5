import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { EdgeRuntime } from 'edge-runtime'
import { chromium } from 'playwright-core'

import type { SuiteBundles } from '../bundle-suite.ts'
import type { Gateway } from '../gateway/serve-gateway.ts'
import type { SuiteReport } from '../suite/run-suite.ts'
import { startWorkerd } from './start-workerd.ts'

/** What a runner works with. */
export interface Stage {
  /** A folder for files, gone afterwards. */
  readonly folder: string
  readonly bundles: SuiteBundles
  readonly gateway: Gateway
}

/** Runs the suite in a runtime. Resolves to nothing where the runtime is not installed. */
export type Runner = (stage: Stage) => Promise<SuiteReport | undefined>

/** Only ends a runtime that hangs: the slowest takes a minute on a busy machine. */
const TIMEOUT_MS = 900_000

/** Reads the report that a runtime printed or sent. */
function readReport(text: string): SuiteReport {
  const report: SuiteReport = JSON.parse(text)
  return report
}

/** Runs the suite with a command that takes a module's path: Node, Deno, Bun. */
export function runProcess(command: string, ...args: string[]): Runner {
  return async ({ folder, bundles }) => {
    const path = join(folder, 'suite.mjs')
    await writeFile(path, bundles.module)
    const { stdout } = await promisify(execFile)(command, [...args, path], {
      cwd: folder,
      timeout: TIMEOUT_MS,
      maxBuffer: 2 ** 26,
    })
    return readReport(stdout)
  }
}

const HANDLER = `;addEventListener('fetch', (event) =>
  event.respondWith(runSuite().then((report) => Response.json(report))))`

/** Runs the suite in edge-runtime, which edge-light functions are developed with. */
export const runEdgeRuntime: Runner = async ({ bundles }) => {
  const runtime = new EdgeRuntime({ initialCode: bundles.script + HANDLER })
  const response = await runtime.dispatchFetch('http://localhost/')
  return readReport(await response.text())
}

/** Runs the suite as a Worker on workerd, with the given compatibility flags. */
export function runWorkerd(...compatibilityFlags: string[]): Runner {
  return async ({ folder, bundles }) => {
    await using worker = await startWorkerd({ folder, module: bundles.worker, compatibilityFlags })
    const response = await fetch(worker.url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    return readReport(await response.text())
  }
}

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
