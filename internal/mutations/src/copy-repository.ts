import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

/** What is copied of the root; the rest has no part in the tests. */
const COPIED = [
  'apps',
  'bench',
  'examples',
  'internal',
  'packages',
  'package.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'tsconfig.test.json',
  'vitest.config.ts',
]

/** Made from the sources, and so never to be found in their place. */
const BUILT = ['dist', 'build', 'coverage', '.turbo']

/** Scopes of `node_modules` that lead back into the repository: they are copied, links as they are. */
const OWN_SCOPES = ['@internal', '@llpay']

/**
 * Copies the sources into their own folder, with links to the installed packages. The links
 * between the packages are relative, and so lead into the copy.
 */
export function copyRepository(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'llpay-mutations-'))
  for (const name of COPIED) {
    cpSync(join(root, name), join(copy, name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !BUILT.includes(basename(source)),
    })
  }
  const modules = join(root, 'node_modules')
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync(modules)) {
    const [from, to] = [join(modules, name), join(copy, 'node_modules', name)]
    if (OWN_SCOPES.includes(name)) cpSync(from, to, { recursive: true, verbatimSymlinks: true })
    else if (!name.startsWith('.') || name === '.pnpm') symlinkSync(from, to)
  }
  return copy
}
