import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const PARTS = ['#console', '@llpay/node', 'csv-parse/sync'] as const

beforeEach(() => {
  // What was loaded is kept, and each test wants to load it.
  vi.resetModules()
})

afterEach(() => {
  for (const part of PARTS) vi.doUnmock(part)
})

const failing = (part: (typeof PARTS)[number], error = new Error('Loading chunk 42 failed')) =>
  vi.doMock(part, () => {
    throw error
  })

const asRuntime = { name: 'ConfigError', code: 'ERR_CONFIG_RUNTIME', cause: expect.any(Error) }

test('a client that cannot be loaded is an error of configuration', async () => {
  failing('@llpay/node')
  const { startSandbox } = await import('./start-sandbox.ts')
  await using sandbox = await startSandbox()
  await expect(sandbox.client()).rejects.toMatchObject(asRuntime)
})

test.each([
  [
    'a package',
    'ERR_MODULE_NOT_FOUND',
    "Cannot find package '@llpay/node' imported from /app/x.js",
  ],
  ['a module', 'MODULE_NOT_FOUND', "Cannot find module '@llpay/node'"],
])('a client whose package is not installed as %s says how to install it', async (...row) => {
  const [, code, message] = row
  // What vitest makes of an error that a mock throws hides its code.
  vi.doMock('@llpay/node', () => ({
    get createClient(): never {
      throw Object.assign(new Error(message), { code })
    },
  }))
  const { startSandbox } = await import('./start-sandbox.ts')
  await using sandbox = await startSandbox()
  await expect(sandbox.client()).rejects.toMatchObject({
    code: 'ERR_CONFIG_MISSING',
    hint: expect.stringContaining('npm install @llpay/node'),
  })
})

test('a console that cannot be loaded is an error of configuration, and the gateway goes on', async () => {
  failing('#console')
  const { serveConsole } = await import('./serve-console.ts')
  await expect(serveConsole(new Request('http://127.0.0.1/'))).rejects.toMatchObject(asRuntime)
  const { startSandbox } = await import('./start-sandbox.ts')
  await using sandbox = await startSandbox()
  const response = await fetch(sandbox.url)
  expect([response.status, await response.json()]).toMatchObject([
    500,
    { error: { code: 'ERR_CONFIG_RUNTIME' } },
  ])
  expect((await fetch(`${sandbox.url}/_sandbox/health`)).status).toBe(200)
})

test('a reader of CSV that cannot be loaded is an error of configuration', async () => {
  failing('csv-parse/sync')
  const { readCards } = await import('../control/read-cards.ts')
  await expect(readCards('user_id,no_agree\nu1,2014031710002121')).rejects.toMatchObject(asRuntime)
  const { startSandbox } = await import('./start-sandbox.ts')
  await using sandbox = await startSandbox()
  const response = await fetch(`${sandbox.url}/_sandbox/cards/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ csv: 'user_id,no_agree\nu1,2014031710002121' }),
  })
  expect([response.status, await response.json()]).toMatchObject([
    500,
    { error: { code: 'ERR_CONFIG_RUNTIME' } },
  ])
})
