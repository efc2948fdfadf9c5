import { report, type Question } from '@internal/testkit/report'
import { publicPackages, type Manifest, type Package } from '@internal/testkit/repository'
import { satisfies } from 'semver'

import { runtimeDependencies } from './engines/runtime-dependencies.ts'

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
