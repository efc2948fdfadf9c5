/** What must fail once a mutation is in: test files of a package, or a script of this repository. */
export type Guard =
  | { readonly project: string; readonly files: readonly string[] }
  | { readonly script: readonly [string, ...string[]] }

/** A change of one place in the sources that takes a protection away. */
export interface Mutation {
  readonly name: string
  readonly file: string
  /** Stands in the file exactly once. */
  readonly text: string
  readonly replacement: string
  /** Each of them must fail. */
  readonly guards: readonly Guard[]
}
