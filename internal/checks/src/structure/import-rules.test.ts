import { expect, test } from 'vitest'

import { IMPORT_RULES } from './import-rules.ts'
import { readImports } from './source-file.ts'

function broken(path: string, to: string): string[] {
  const isPrivate = path.startsWith('internal/') || path.startsWith('bench/')
  const from = {
    path: isPrivate ? path : `packages/${path}`,
    text: '',
    lines: 1,
    test: false,
    imports: [to],
  }
  return Object.values(IMPORT_RULES).flatMap((rule) => rule(from, to) ?? [])
}

test.each([
  ['core/src/json/read-json.ts', 'packages/core/src/errors/protocol-error.ts'],
  ['core/src/signing/sign.ts', 'packages/core/src/signing/canonical-string.ts'],
  ['core/src/keys/pem.ts', 'packages/core/src/encoding.ts'],
  ['core/src/client/create-client.ts', 'packages/core/src/apis/catalogue.ts'],
  ['core/src/apis/catalogue.ts', 'packages/core/src/apis/card/index.ts'],
  ['core/src/index.ts', 'packages/core/src/errors/index.ts'],
  ['edge/src/transport/ofetch-over.ts', 'ofetch'],
  ['node/src/create-client.ts', '@llpay/core/keys'],
  ['node/src/create-client.ts', 'node:crypto'],
  ['cli/src/main.ts', '@llpay/sandbox'],
  ['sandbox/src/node/start-sandbox.ts', '@llpay/node'],
  ['sandbox/src/node/key-folder.ts', 'node:fs'],
  ['sandbox/src/node/start-sandbox.ts', 'packages/sandbox/src/create-sandbox.ts'],
  ['internal/queues/src/contract.ts', 'internal/queues/src/contract/cases.ts'],
  ['internal/queues/src/contract.ts', '@internal/testkit/report'],
  ['internal/sources/cli-bulk.ts', 'packages/cli/src/bulk/run/pace.ts'],
])('%s may import %s', (path, to) => {
  expect(broken(path, to)).toEqual([])
})

test.each([
  ['core/src/errors/brand.ts', 'packages/core/src/json/read-json.ts', 'errors may not use json'],
  ['core/src/json/read-json.ts', 'packages/core/src/keys/der.ts', 'json may not use keys'],
  ['core/src/client/send.ts', 'packages/core/src/apis/catalogue.ts', 'client may not use apis'],
  ['core/src/encoding.ts', 'packages/core/src/errors/key-error.ts', 'encoding may not use errors'],
  ['core/src/new/x.ts', 'packages/core/src/errors/brand.ts', 'folder new has no arrows yet'],
  ['core/src/keys/x.ts', 'packages/core/src/adapter.ts', 'a folder imports a file at the root'],
  ['core/src/client/send.ts', 'packages/core/src/errors/index.ts', 'import the leaf file'],
  ['core/src/client/send.ts', 'node:fs', 'this package runs where there is no Node'],
  ['sandbox/src/create-sandbox.ts', 'fs/promises', 'this package runs where there is no Node'],
  [
    'sandbox/src/create-sandbox.ts',
    'packages/sandbox/src/node/rsa-keys.ts',
    'this package runs where there is no Node',
  ],
  ['sandbox/src/create-sandbox.ts', '@llpay/node', 'sandbox may not use node'],
  ['sandbox/src/node/start-sandbox.ts', '@llpay/edge', 'sandbox may not use edge'],
  ['core/src/client/send.ts', '@llpay/node', 'core may not use node'],
  ['edge/src/index.ts', '@llpay/sandbox', 'edge may not use sandbox'],
  ['node/src/x.ts', 'packages/core/src/errors/brand.ts', 'another package is imported by its name'],
  ['cli/src/main.ts', '@internal/vectors', 'internal is not published'],
  [
    'internal/queues/src/contract.ts',
    'internal/testkit/src/report.ts',
    'another package is imported by its name',
  ],
  [
    'bench/src/scale/run-bulk.ts',
    'packages/cli/src/bulk/run/pace.ts',
    'internal/sources names what is used of its sources',
  ],
])('%s may not import %s', (path, to, problem) => {
  expect(broken(path, to)).toEqual([problem])
})

test.each([
  ["import { a } from './a.ts'", ['./a.ts']],
  ["import type { A } from './a.ts'", ['./a.ts']],
  ["import {\n  a,\n  type B,\n} from './a.ts'\nimport b from 'b'", ['./a.ts', 'b']],
  ['import { Agent } from "undici";', ['undici']],
  ["import * as m from 'module-name'", ['module-name']],
  ["import './effect.ts'", ['./effect.ts']],
  ["export * from './a.ts'\nexport * as b from './b.ts'", ['./a.ts', './b.ts']],
  ["export { a } from './a.ts'", ['./a.ts']],
  ["  const { Agent } = await import('undici')", ['undici']],
  ["let x: import('node:net').Socket", ['node:net']],
  [" * import { a } from './a.ts'\n// import './b.ts'", []],
  ["export const from = 'x'", []],
  ["export interface A {\n  readonly b: 'c'\n}", []],
  ["export type A =\n  | 'from'\n  | 'b'", []],
])('%j imports %j', (text, imports) => {
  expect(readImports(text)).toEqual(imports)
})
