import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { readManifest, type Manifest } from '@internal/testkit/repository'

/** Finds an installed package the way Node does: in the nearest `node_modules` that has it. */
function findInstalled(name: string, from: string): string {
  const folder = join(from, 'node_modules', name)
  if (existsSync(join(folder, 'package.json'))) return realpathSync(folder)
  if (dirname(from) === from) throw new Error(`${name} is not installed`)
  return findInstalled(name, dirname(from))
}

/** Collects all that a package brings along at run time, direct or not, by folder. */
export function runtimeDependencies(folder: string): Map<string, Manifest> {
  const found = new Map<string, Manifest>()
  const visit = (dependent: string): void => {
    for (const name of Object.keys(readManifest(dependent).dependencies ?? {})) {
      const installed = findInstalled(name, dependent)
      if (found.has(installed)) continue
      found.set(installed, readManifest(installed))
      visit(installed)
    }
  }
  visit(folder)
  return found
}
