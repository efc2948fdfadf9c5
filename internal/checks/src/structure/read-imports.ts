// The formatter, and esbuild, put every statement at the start of a line.
const STATEMENT =
  /^(?:import|export)\b(?:[^'"=;]*?\bfrom)?\s*(?<quote>['"])(?<name>[^'"]+)\k<quote>/gm
const DYNAMIC = /\bimport\(\s*(?<quote>['"])(?<name>[^'"]+)\k<quote>\s*\)/g
const COMMENT_LINE = /^\s*(?:\/\/|\/\*|\*).*$/gm

/** Lists what a source imports or re-exports: values, types and `import()`. */
export function readImports(text: string): string[] {
  const code = text.replaceAll(COMMENT_LINE, '')
  return [STATEMENT, DYNAMIC].flatMap((pattern) =>
    Array.from(code.matchAll(pattern), ({ groups = {} }) => groups['name'] ?? ''),
  )
}
