import type { Change } from './changes.ts'

/** What must fail once a mutation is in: test files of a package, or a script of this repository. */
export type Guard =
  | { readonly project: string; readonly files: readonly string[] }
  | { readonly script: readonly [string, ...string[]] }

/** A change of the sources that takes a protection away. */
export interface Mutation {
  readonly name: string
  readonly file: string
  /** The function, class, method or constant that has it: `Settlement.run`. */
  readonly in: string
  readonly change: Change | readonly Change[]
  /** Each of them must fail. */
  readonly guards: readonly Guard[]
}

/** Where the core's sources lie. */
export const CORE = 'packages/core/src'

/** Tests of core, by their paths without `.test.ts`. */
export const core = (...files: readonly string[]): Guard => ({
  project: 'core',
  files: files.map((file) => `${CORE}/${file}.test.ts`),
})
/** Tests of the command line, by their paths without `.test.ts`; none that starts a process. */
export const cli = (...files: readonly string[]): Guard => ({
  project: 'cli',
  files: files.map((file) => `packages/cli/src/${file}.test.ts`),
})

/** Tests of the Node package, by their paths without `.test.ts`. */
export const node = (...files: readonly string[]): Guard => ({
  project: 'node',
  files: files.map((file) => `packages/node/src/${file}.test.ts`),
})
