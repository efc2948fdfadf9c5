import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { completePath } from './ask.ts'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-ask-'))
  mkdirSync(join(folder, 'keys'))
  for (const name of ['merchant.pem', 'merchant.pem.pub', '.hidden']) {
    writeFileSync(join(folder, name), '')
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

test.each([
  ['', ['keys/', 'merchant.pem', 'merchant.pem.pub']],
  ['mer', ['merchant.pem', 'merchant.pem.pub']],
  ['k', ['keys/']],
  ['.h', ['.hidden']],
  ['none/x', []],
])('the path "%s" can become %j', (typed, expected) => {
  const path = `${folder}/${typed}`
  expect(completePath(path)).toEqual([expected.map((name) => `${folder}/${name}`), path])
})
