import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { readChangeset } from './changesets/read-changeset.ts'
import { changesetStatus } from './changesets/status.ts'
import { report } from './report.ts'
import { publicPackages, ROOT, type Package } from './repository.ts'

const packages = publicPackages()
const pending = globSync('.changeset/*.md', { cwd: ROOT })
  .filter((path) => !path.endsWith('README.md'))
  .map((path) => ({ path, ...readChangeset(readFileSync(join(ROOT, path), 'utf8')) }))

/** A version counts as released when the package's change log has a heading for it. */
function isReleased({ folder, manifest }: Package): boolean {
  const log = join(folder, 'CHANGELOG.md')
  if (!existsSync(log)) return false
  return readFileSync(log, 'utf8').split('\n').includes(`## ${manifest.version}`)
}

await report('changesets', [
  {
    name: 'changesets name packages that exist, and say what changed',
    ask: () =>
      pending.flatMap(({ names, path, summary }) => [
        ...(names.length > 0 ? [] : [`${path} names no package`]),
        ...(summary === '' ? [`${path} says nothing`] : []),
        ...names
          .filter((name) => !packages.some(({ manifest }) => manifest.name === name))
          .map((name) => `${path} names ${name}, which is not a public package`),
      ]),
  },
  {
    name: 'every package is released as it is, or has a changeset',
    ask: () =>
      packages
        .filter((each) => !isReleased(each))
        .filter(({ manifest }) => !pending.some(({ names }) => names.includes(manifest.name)))
        .map(({ manifest }) => `${manifest.name} has neither`),
  },
  { name: 'changeset status', ask: changesetStatus },
])
