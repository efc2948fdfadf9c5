import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { ConfigError } from '../index.ts'
import { CHINESE_TEXTS, inChinese } from './index.ts'

const PACKAGES = new URL('../../../../', import.meta.url).pathname

/** The sources that may be bundled for a Worker: elsewhere both languages stand where an error is thrown. */
function sources(): string[] {
  return ['core/src', 'edge/src'].flatMap((folder) =>
    readdirSync(join(PACKAGES, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(PACKAGES, folder, file), 'utf8')),
  )
}

/** Reasons are written out, in a conditional expression too. */
const REASON = /\breason:[^,;{}]*/g
const QUOTED = /'([a-z][a-z-]*\.[a-z0-9.-]+)'/g

const REASONS = new Set(
  sources().flatMap((source) =>
    Array.from(source.matchAll(REASON)).flatMap(([text]) =>
      Array.from(text.matchAll(QUOTED), ([, name = '']) => name),
    ),
  ),
)

test.each([...REASONS])('%s has a text in Chinese', (reason) => {
  expect(Object.keys(CHINESE_TEXTS)).toContain(reason)
})

test.each(Object.keys(CHINESE_TEXTS))('the Chinese text of %s belongs to an error', (reason) => {
  expect([...REASONS]).toContain(reason)
})

test('an error without its own reason stays English', () => {
  const error = new ConfigError('ERR_CONFIG_MISSING', 'No key.')
  expect(inChinese(error)).toEqual({ message: 'No key.', hint: undefined })
})

test('a text that an error brings along wins', () => {
  const text = { reason: 'x.y', message: 'No.', zh: { message: '不行。', hint: '再试一次。' } }
  expect(inChinese(new ConfigError('ERR_CONFIG_MISSING', text))).toEqual(text.zh)
})
