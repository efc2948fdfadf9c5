import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { BackendOptions } from './backends.ts'

beforeEach(() => {
  // Results are kept for good, and each test wants them again.
  vi.resetModules()
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const probeAnew = async (algorithm: 'MD5withRSA' | 'SHA256withRSA', options?: BackendOptions) => {
  const { probeBackends } = await import('./select-backend.ts')
  return probeBackends(algorithm, options)
}

const withoutNode = () => vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined)
const withoutWebCrypto = () => {
  const { crypto } = globalThis
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
}

test('Node signs MD5 with node:crypto, since its WebCrypto refuses', async () => {
  const { sign, verify } = await probeAnew('MD5withRSA')
  for (const { chosen, trials } of [sign, verify]) {
    expect(chosen).toBe('node')
    expect(trials).toEqual([
      {
        backend: 'webcrypto',
        works: false,
        reason: expect.stringMatching(/^it refuses: \w+Error/),
      },
      { backend: 'node', works: true },
    ])
  }
})

test('Node signs SHA-256 with WebCrypto, and tries nothing else', async () => {
  expect(await probeAnew('SHA256withRSA')).toEqual({
    algorithm: 'SHA256withRSA',
    sign: { chosen: 'webcrypto', trials: [{ backend: 'webcrypto', works: true }] },
    verify: { chosen: 'webcrypto', trials: [{ backend: 'webcrypto', works: true }] },
  })
})

test('where nothing native works, BigInt verifies freely and signs with permission', async () => {
  withoutNode()
  withoutWebCrypto()
  const missing = { works: false, reason: 'the runtime does not have it' }
  const { sign, verify } = await probeAnew('MD5withRSA')
  expect(verify.chosen).toBe('bigint')
  expect(sign).toEqual({
    chosen: null,
    trials: [
      { backend: 'webcrypto', ...missing },
      { backend: 'node', ...missing },
      {
        backend: 'bigint',
        works: false,
        reason: 'it signs only with allowBigIntSigning: true',
      },
    ],
  })
  const allowed = await probeAnew('MD5withRSA', { allowBigIntSigning: true })
  expect(allowed.sign.chosen).toBe('bigint')
})

test('a backend that computes wrongly is not used', async () => {
  const { createPrivateKey, createPublicKey } = process.getBuiltinModule('node:crypto')
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue({
    createPrivateKey,
    createPublicKey,
    sign: () => new Uint8Array(128),
    verify: () => true,
  })
  const { sign, verify } = await probeAnew('MD5withRSA', { backend: 'node' })
  const wrong = { backend: 'node', works: false, reason: 'it gives wrong results' }
  expect(sign).toEqual({ chosen: null, trials: [wrong] })
  expect(verify).toEqual({ chosen: null, trials: [wrong] })
})

test('something that only looks like Node is not mistaken for it', async () => {
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue({ sign: () => new Uint8Array(128) })
  const { sign } = await probeAnew('MD5withRSA', { backend: 'node' })
  expect(sign.trials).toEqual([
    { backend: 'node', works: false, reason: 'the runtime does not have it' },
  ])
})

test('tries each backend once', async () => {
  const { probeBackends } = await import('./select-backend.ts')
  const importKey = vi.spyOn(crypto.subtle, 'importKey')
  await probeBackends('SHA256withRSA')
  const calls = importKey.mock.calls.length
  await probeBackends('SHA256withRSA')
  expect(calls).toBeGreaterThan(0)
  expect(importKey).toHaveBeenCalledTimes(calls)
})

test('loading the module tries nothing', async () => {
  const importKey = vi.spyOn(crypto.subtle, 'importKey')
  const getBuiltinModule = vi.spyOn(process, 'getBuiltinModule')
  await import('../index.ts')
  await import('../caller.ts')
  expect(importKey).not.toHaveBeenCalled()
  expect(getBuiltinModule).not.toHaveBeenCalled()
})

test.each<[string, object, string]>([
  [
    'an unknown backend',
    { backend: 'wasm' },
    'backend must be one of auto, webcrypto, node, bigint',
  ],
  ['a permission that is not a boolean', { allowBigIntSigning: 'yes' }, 'must be true or false'],
])('refuses %s', async (_, options, message) => {
  await expect(probeAnew('MD5withRSA', options)).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
    message: expect.stringContaining(message),
  })
})
