import { expect, test } from 'vitest'

import { readImports } from './source-file.ts'

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
