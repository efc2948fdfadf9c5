import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

import { CLI_FILE } from '@internal/testkit/cli'
import { loadSigningVectors } from '@internal/vectors'
import { afterAll, beforeAll, expect, test } from 'vitest'

const [key] = loadSigningVectors().keys
const CARD = ['--user-id', 'u', '--no-agree', 'n', '--pay-type', 'D']

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-start-'))
  writeFileSync(
    join(folder, 'list-builtins.cjs'),
    `process.on('exit', () => require('node:fs').writeFileSync(
      ${JSON.stringify(join(folder, 'builtins.json'))}, JSON.stringify(process.moduleLoadList)))`,
  )
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the command line; gives the files that V8 saw, and the modules of Node that were loaded. */
function loadedBy(args: readonly string[]): { files: string[]; builtins: string[] } {
  const coverage = mkdtempSync(join(folder, 'coverage-'))
  execFileSync(
    process.execPath,
    ['--require', join(folder, 'list-builtins.cjs'), CLI_FILE, ...args],
    {
      stdio: ['ignore', 'ignore', 'ignore'],
      env: {
        NODE_V8_COVERAGE: coverage,
        LLPAY_OID_PARTNER: '201304121000001004',
        LLPAY_PRIVATE_KEY: key?.pkcs8Pem ?? '',
      },
    },
  )
  const files = readdirSync(coverage).flatMap((name): string[] => {
    const { result } = JSON.parse(readFileSync(join(coverage, name), 'utf8'))
    return result.map(({ url }: { url: string }) => url)
  })
  const builtins: string[] = JSON.parse(readFileSync(join(folder, 'builtins.json'), 'utf8'))
  return {
    files: files
      .filter((url) => url.startsWith('file:') && !url.endsWith('.cjs'))
      .map((url) => basename(url))
      .toSorted(),
    builtins: builtins.map((name) => name.replace('NativeModule ', '')),
  }
}

const HEAVY = ['net', 'tls', 'http', 'https', 'tty', 'zlib', 'internal/deps/undici/undici']

test('--version loads one file, and neither cryptography nor the network', () => {
  const { files, builtins } = loadedBy(['--version'])
  expect(files).toEqual(['bin.js'])
  expect(builtins.filter((name) => [...HEAVY, 'crypto', 'stream'].includes(name))).toEqual([])
})

test('--dry-run loads two files, and nothing of the network', () => {
  const { files, builtins } = loadedBy(['unbind', ...CARD, '--dry-run'])
  expect(files).toEqual(['bin.js', 'main.js'])
  expect(builtins.filter((name) => HEAVY.includes(name))).toEqual([])
})
