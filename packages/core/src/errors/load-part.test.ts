import { expect, test } from 'vitest'

import { ConfigError, isLLPayError } from './index.ts'
import { loadPart } from './load-part.ts'

const MISSING =
  "Cannot find module '/app/dist/call-settled-LZ9jtXcR.js' imported from /app/dist/app.js"

async function failing(cause: unknown): Promise<unknown> {
  try {
    return await loadPart('The transport', () => {
      throw cause
    })
  } catch (error) {
    return error
  }
}

test.each([
  [
    'a bundle of ES modules that calls require',
    new Error('Dynamic require of "node:net" is not supported'),
  ],
  [
    'a file that was not deployed',
    Object.assign(new Error(MISSING), { code: 'ERR_MODULE_NOT_FOUND' }),
  ],
  [
    'a chunk of webpack',
    Object.assign(new Error('Loading chunk 42 failed.'), { name: 'ChunkLoadError' }),
  ],
  ['a stand-in', new TypeError('undefined is not a constructor')],
])('%s is an error of configuration with its cause', async (_, cause) => {
  const error = await failing(cause)
  expect(error).toMatchObject({
    name: 'ConfigError',
    code: 'ERR_CONFIG_RUNTIME',
    delivered: 'no',
    cause,
  })
  const said = cause.message.replace(/\.$/, '')
  expect(error).toHaveProperty(
    'message',
    expect.stringContaining(`Nothing was sent. The loader says: ${said}.`),
  )
  expect(error).toHaveProperty('hint', expect.stringContaining('Deploy every file'))
})

test.each([
  ['nothing', undefined],
  ['text', 'no'],
  ['an error without words', new Error('')],
])('a loader that throws %s gives no reason', async (_, cause) => {
  const error = await failing(cause)
  expect(error).toHaveProperty('code', 'ERR_CONFIG_RUNTIME')
  expect(error).toHaveProperty('message', expect.stringContaining('The loader gives no reason.'))
})

test('of what a loader says, one line of 200 characters is repeated', async () => {
  const error = await failing(new Error(`${'x'.repeat(300)}\nRequire stack`))
  expect(error).toHaveProperty('message', expect.stringMatching(/: x{200}\.$/))
})

test('an error of llpay stays as it is', async () => {
  const ours = new ConfigError('ERR_CONFIG_INSECURE', 'm')
  expect(isLLPayError(ours)).toBe(true)
  expect(await failing(ours)).toBe(ours)
})

test('what was loaded is handed over', async () => {
  await expect(loadPart('The transport', async () => 42)).resolves.toBe(42)
})
