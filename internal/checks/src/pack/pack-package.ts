import { join } from 'node:path'

import type { Package } from '../repository.ts'
import { runTool } from './run-tool.ts'

/** A package as it would be published. */
export interface Packed extends Package {
  /** The path of its tarball. */
  readonly tarball: string
}

/** Packs a package the way it is published. */
export function packPackage(each: Package, destination: string): Packed {
  const tarball = join(destination, `${each.id}.tgz`)
  const { ok, output } = runTool(['pnpm', 'pack', '--out', tarball], each.folder)
  if (!ok) throw new Error(`${each.manifest.name} cannot be packed: ${output}`)
  return { ...each, tarball }
}
