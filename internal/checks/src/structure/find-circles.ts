import { relative } from 'node:path'

import { parseCircular, parseDependencyTree } from 'dpdm'

import { ROOT } from '../repository.ts'

/** Finds circular imports, type-only and dynamic ones included. */
export async function findCircles(paths: readonly string[]): Promise<string[]> {
  const tree = await parseDependencyTree([...paths], {
    context: ROOT,
    transform: false,
    skipDynamicImports: false,
  })
  return parseCircular(tree, false).map((circle) =>
    circle.map((path) => relative(ROOT, path)).join(' -> '),
  )
}
