import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { openPage } from './open-page.ts'

const URL_OF_PAGE = 'http://127.0.0.1:8090/'

test.each([
  ['Linux without a display', 'linux', {}],
  ['Linux with an empty display', 'linux', { DISPLAY: '' }],
  ['a platform without a known opener', 'aix', { DISPLAY: ':0' }],
  ['an opener that is not installed', 'linux', { DISPLAY: ':0', PATH: '/nowhere' }],
])('opens nothing on %s', async (_, platform, env) => {
  expect(await openPage(URL_OF_PAGE, { platform, env })).toBe(false)
})

test('hands the address to the opener of the platform', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'llpay-open-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'xdg-open')
  const seen = join(folder, 'seen')
  writeFileSync(file, `#!/bin/sh\nprintf %s "$1" > ${seen}.new && /bin/mv ${seen}.new ${seen}\n`)
  chmodSync(file, 0o755)
  const watcher = watch(folder)
  onTestFinished(() => watcher.close())
  const arrived = (async () => {
    for (;;) {
      const [, name]: unknown[] = await once(watcher, 'change')
      if (name === 'seen') return
    }
  })()
  const env = { DISPLAY: ':0', PATH: folder }
  expect(await openPage(URL_OF_PAGE, { platform: 'linux', env })).toBe(true)
  await arrived
  expect(readFileSync(seen, 'utf8')).toBe(URL_OF_PAGE)
})
