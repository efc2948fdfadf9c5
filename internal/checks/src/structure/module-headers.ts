import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { ROOT, type Package } from '../repository.ts'
import type { SourceFile } from './source-file.ts'

const HEADER = /^ \* @module (?<name>\S+)$/gm

/** The entry points of a package with the source behind each, as its export map has them. */
function entryPoints({ id, manifest }: Package): Map<string, string> {
  const entries = new Map<string, string>()
  for (const [path, target] of Object.entries(manifest.exports ?? {})) {
    if (typeof target === 'string') continue
    entries.set(
      join(manifest.name, path),
      join('packages', id, target['@llpay/source'] ?? 'no condition @llpay/source'),
    )
  }
  return entries
}

/** Holds the `@module` headers and the export maps against each other. */
export function checkModuleHeaders(
  packages: readonly Package[],
  sources: readonly SourceFile[],
): string[] {
  const entries = new Map(packages.flatMap((each) => [...entryPoints(each)]))
  const headers = sources.flatMap(({ path, text }) =>
    Array.from(text.matchAll(HEADER), ({ groups = {} }) => ({ path, name: groups['name'] ?? '' })),
  )
  return [
    ...headers
      .filter(({ name, path }) => entries.get(name) !== path)
      .map(({ name, path }) => `${path} calls itself ${name}: the export map does not`),
    ...[...entries]
      .filter(([name, path]) => !headers.some((each) => each.name === name && each.path === path))
      .map(([name, path]) =>
        existsSync(join(ROOT, path))
          ? `${path} lacks the header "@module ${name}"`
          : `${name} leads to ${path}, which is not there`,
      ),
  ]
}
