import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { report, type Question } from '@internal/testkit/report'
import {
  readManifest,
  type Manifest,
  publicPackages,
  type Package,
} from '@internal/testkit/repository'
import { satisfies } from 'semver'

/** Finds an installed package the way Node does: in the nearest `node_modules` that has it. */
function findInstalled(name: string, from: string): string {
  const folder = join(from, 'node_modules', name)
  if (existsSync(join(folder, 'package.json'))) return realpathSync(folder)
  if (dirname(from) === from) throw new Error(`${name} is not installed`)
  return findInstalled(name, dirname(from))
}

/** Collects all that a package brings along at run time, direct or not, by folder. */
function runtimeDependencies(folder: string): Map<string, Manifest> {
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

/** The oldest Node that the published packages promise to run on. */
const FLOOR = '20.19.0'
const PROMISE = '>=20.19'

function checkEngines({ engines, name, version }: Manifest): string[] {
  const range = engines?.['node'] ?? '*'
  return satisfies(FLOOR, range) ? [] : [`${name}@${version} needs Node ${range}`]
}

function ask({ folder, manifest }: Package): string[] {
  const promised = manifest.engines?.['node']
  const dependencies = [...runtimeDependencies(folder).values()]
  console.log(`${manifest.name}: ${dependencies.map(({ name }) => name).join(', ')}`)
  return [
    ...(promised === PROMISE ? [] : [`${manifest.name} promises Node ${promised}, not ${PROMISE}`]),
    ...dependencies.flatMap(checkEngines),
  ]
}

const questions = publicPackages().map((each): Question => ({
  name: `all that ${each.manifest.name} needs runs on Node ${FLOOR}`,
  ask: () => ask(each),
}))

await report('engines', questions)
