import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const BENCH = fileURLToPath(new URL('../..', import.meta.url))

function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .reduce((total, entry) => {
      const path = join(folder, entry.name)
      return total + (entry.isDirectory() ? sizeOf(path) : statSync(path).size)
    }, 0)
}

/** Where a package that another one needs lies, looked for as Node.js does. */
function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    try {
      return realpathSync(join(folder, 'node_modules', name))
    } catch {
      if (folder === dirname(folder)) return undefined
    }
  }
}

/**
 * Adds a package up with all that it depends on.
 *
 * @param ownSize the size of a package of this repository as it is published.
 */
export function installedSize(
  name: string,
  ownSize: (name: string) => number,
): { readonly bytes: number; readonly packages: number } {
  const sizes = new Map<string, number>()
  const visit = (each: string, from: string): void => {
    const folder = findPackage(each, from)
    if (folder === undefined || sizes.has(folder)) return
    sizes.set(folder, each.startsWith('@llpay/') ? ownSize(each) : sizeOf(folder))
    const manifest: { dependencies?: Record<string, string> } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    )
    for (const needed of Object.keys(manifest.dependencies ?? {})) visit(needed, folder)
  }
  visit(name, BENCH)
  return { bytes: [...sizes.values()].reduce((a, b) => a + b, 0), packages: sizes.size }
}
