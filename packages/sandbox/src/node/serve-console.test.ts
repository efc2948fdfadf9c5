import { globSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { isLoopbackName } from '../control/refuse-foreign.ts'
import { serveConsole } from './serve-console.ts'

const get = (path: string, init: RequestInit = {}, host = '127.0.0.1:8090') =>
  serveConsole(
    new Request(`http://127.0.0.1:8090${path}`, {
      ...init,
      headers: { host, ...Object.fromEntries(new Headers(init.headers)) },
    }),
    isLoopbackName,
  )

test('the page is served with a policy that allows its own files alone', async () => {
  const response = await get('/')
  expect(response?.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(response?.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(response?.headers.get('content-security-policy')).not.toContain('unsafe')
  expect(await response?.text()).toContain('<div id="app">')
})

test('a client that takes gzip gets the same page compressed', async () => {
  const plain = await (await get('/'))?.text()
  const response = await get('/', { headers: { 'accept-encoding': 'gzip, br' } })
  expect(response?.headers.get('content-encoding')).toBe('gzip')
  const body = new Uint8Array((await response?.arrayBuffer()) ?? new ArrayBuffer())
  expect(gunzipSync(body).toString()).toBe(plain)
})

test('HEAD has the headers alone', async () => {
  const response = await get('/', { method: 'HEAD' })
  expect(response?.status).toBe(200)
  expect(await response?.text()).toBe('')
})

test.each([
  ['another method', '/', { method: 'POST' }, undefined],
  ['an endpoint', '/bankcardunbind.htm', {}, undefined],
  ['a file that is not there', '/assets/nothing.js', {}, undefined],
  ['a path that climbs', '/assets/../../package.json', {}, undefined],
  ['another Host', '/', {}, 'evil.example:8090'],
])('%s is left to the gateway', async (_, path, init, host) => {
  expect(await get(path, init, host)).toBeUndefined()
})

test('nothing but the subpath for Node.js reaches the page', () => {
  const folder = new URL('../', import.meta.url)
  const texts = globSync('**/*.ts', { cwd: folder })
    .filter((path) => !path.startsWith('node/'))
    .map((path) => readFileSync(new URL(path, folder), 'utf8'))
  expect(texts.length).toBeGreaterThan(10)
  expect(texts.filter((text) => /#console|serve-console/.test(text))).toEqual([])
})
