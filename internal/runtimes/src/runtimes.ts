import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { EdgeRuntime } from 'edge-runtime'
import { chromium } from 'playwright-core'

import type { SuiteBundles } from './bundle.ts'
import type { Gateway } from './gateway.ts'
import { bunBinary, denoBinary, nodeBinary } from './index.ts'
import { startWorkerd } from './start-workerd.ts'
import type { SuiteReport, Lack } from './suite/run-suite.ts'

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

/** A runtime, and what is expected of it. */
export interface Runtime {
  readonly name: string
  readonly run: Runner
  /** What signs and verifies MD5 there, SHA-256 being WebCrypto's everywhere. */
  readonly md5: 'webcrypto' | 'node' | 'bigint'
  readonly lacks: readonly Lack[]
  /** Whether the suite may pass without it. */
  readonly optional?: true
}

const NODE = {
  md5: 'node',
  lacks: ['MD5 in WebCrypto', 'replies behind a 100 Continue'],
} as const satisfies Partial<Runtime>

const OLD_NODE = {
  md5: 'node',
  lacks: ['MD5 in WebCrypto', 'Uint8Array.fromBase64', 'replies behind a 100 Continue'],
} as const satisfies Partial<Runtime>

const DENO = [
  denoBinary(),
  'run',
  '--quiet',
  '--no-remote',
  '--no-config',
  '--no-lock',
  '--allow-net=127.0.0.1',
] as const

/** Every runtime that the suite runs in. The suite proves what is said here of each. */
export const RUNTIMES: readonly Runtime[] = [
  { name: 'node 20', run: runProcess(nodeBinary(20)), ...OLD_NODE },
  { name: 'node 22', run: runProcess(nodeBinary(22)), ...OLD_NODE },
  { name: 'node 24', run: runProcess(process.execPath), ...OLD_NODE },
  { name: 'node 26', run: runProcess(nodeBinary(26)), ...NODE },
  {
    name: 'deno',
    run: runProcess(...DENO),
    md5: 'node',
    lacks: ['MD5 in WebCrypto', 'errors that tell a refused connection'],
  },
  { name: 'bun', run: runProcess(bunBinary()), md5: 'node', lacks: ['MD5 in WebCrypto'] },
  {
    name: 'workerd',
    run: runWorkerd('no_nodejs_compat', 'no_nodejs_compat_v2'),
    md5: 'webcrypto',
    lacks: [
      'node:crypto',
      'exponent 65539 in WebCrypto',
      'process',
      'errors that tell a refused connection',
      'a connection of its own for each request',
    ],
  },
  {
    name: 'workerd + node',
    run: runWorkerd(),
    md5: 'webcrypto',
    lacks: [
      'exponent 65539 in WebCrypto',
      'errors that tell a refused connection',
      'a connection of its own for each request',
    ],
  },
  {
    name: 'edge-runtime',
    run: runEdgeRuntime,
    md5: 'bigint',
    lacks: [
      'MD5 in WebCrypto',
      'node:crypto',
      'process',
      'AbortSignal.any',
      'Uint8Array.fromBase64',
      'replies behind a 100 Continue',
    ],
  },
  {
    name: 'chromium',
    run: runChromium,
    md5: 'bigint',
    // A browser sends a change again; it verifies, and is not a place for a merchant's private key.
    lacks: [
      'MD5 in WebCrypto',
      'node:crypto',
      'process',
      'errors that tell a refused connection',
      'a connection of its own for each request',
      'changes that are sent once',
    ],
    optional: true,
  },
]
