import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { bundleSuite } from './bundle-suite.ts'
import { serveGateway } from './gateway/serve-gateway.ts'
import { unpackPackages } from './packed.ts'
import { runExample, runIn, openTable } from './run-in.ts'
import { RUNTIMES } from './runtimes.ts'
import { gatherSuiteData } from './suite-data.ts'

// Runs one suite in every runtime, from the packed packages, and prints what came of it. A cell is
// good because it ran there. Usage: run.ts [NAME...] runs all, or only the named ones.

const folder = mkdtempSync(join(tmpdir(), 'llpay-runtimes-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
await using gateway = await serveGateway()
const packed = unpackPackages(['core', 'edge', 'sandbox'])
const bundles = await bundleSuite(packed, await gatherSuiteData(gateway.url))

const names = process.argv.slice(2)
const table = openTable()
for (const runtime of RUNTIMES) {
  if (names.length > 0 && !names.includes(runtime.name)) continue
  const row = await runIn(runtime, { folder, bundles, gateway })
  if (row === undefined) table.addMissing(runtime.name, runtime.optional === true)
  else table.add(row)
}
table.add(await runExample({ folder, packed, gatewayUrl: gateway.url }))
table.close()
