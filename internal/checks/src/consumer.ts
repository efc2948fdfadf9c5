import { nodeBinary } from '@internal/runtimes'
import { report } from '@internal/testkit/report'

import { askTypes } from './consumer/check-types.ts'
import { askCli, askImports, installPacked } from './consumer/check-use.ts'
import { temporaryFolder } from './pack/tarball.ts'

/** The oldest Node that we promise to run on, and the one that the checks run on. */
const NODES = new Map([
  ['20.19', nodeBinary(20)],
  [process.versions.node, process.execPath],
])

const consumer = installPacked(temporaryFolder('consumer'))

await report('consumer', [
  ...askTypes(consumer),
  ...askImports(consumer, NODES),
  ...Array.from(NODES).flatMap(([version, binary]) => askCli(consumer, version, binary)),
])
