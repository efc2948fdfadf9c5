import type { Manifest } from '@internal/testkit/repository'
import { expect, test } from 'vitest'

import { TARBALL_RULES } from './tarball.ts'

const MANIFEST: Manifest = {
  name: '@llpay/example',
  version: '1.0.0',
  bin: { example: './dist/bin.js' },
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  dependencies: { '@llpay/core': '^1.0.0' },
}

const FILES = {
  LICENSE: 'MIT',
  'package.json': '{}',
  'src/bin.ts': '',
  'src/index.ts': '',
  'dist/bin.js': '#!/usr/bin/env node\n',
  'dist/index.js': '',
  'dist/index.js.map': '',
  'dist/index.d.ts': '',
}

function problems(files: Record<string, string>, manifest: Manifest = MANIFEST): string[] {
  const tarball = new Map(Object.entries(files))
  return Object.values(TARBALL_RULES).flatMap((rule) => rule(tarball, manifest))
}

test('a good tarball has no problem', () => {
  expect(problems(FILES)).toEqual([])
})

test.each(['src/a.test.ts', 'src/a.test-d.ts', 'src/.tsbuildinfo', 'src/node_modules/a.js'])(
  '%s is waste',
  (path) => {
    expect(problems({ ...FILES, [path]: '' })).toEqual([path])
  },
)

test('a missing licence is found', () => {
  const { LICENSE: _, ...files } = FILES
  expect(problems(files)).toEqual(['there is no LICENSE'])
})

test('a target of the export map that is missing is found', () => {
  const { 'dist/index.d.ts': _, ...files } = FILES
  expect(problems(files)).toEqual(['dist/index.d.ts is missing'])
})

test('an output that lost its source is found', () => {
  expect(problems({ ...FILES, 'dist/old/name.d.ts.map': '' })).toEqual([
    'dist/old/name.d.ts.map has no source: it is left over from an earlier build',
  ])
})

test('a workspace range is found', () => {
  const dependencies = { '@llpay/core': 'workspace:^' }
  expect(problems(FILES, { ...MANIFEST, dependencies })).toEqual(['@llpay/core: workspace:^'])
})

test('a command without a shebang is found', () => {
  expect(problems({ ...FILES, 'dist/bin.js': '' })).toEqual(['./dist/bin.js has no shebang'])
})
