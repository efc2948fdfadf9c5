// Runs one suite in every runtime, from the packed packages, and prints what came of it. A cell is
// good because it ran there. Usage: run.ts [NAME...] runs all, or only the named ones.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'

import { bundleSuite, gatherSuiteData } from './bundle.ts'
import { openExample, type ExampleStage } from './example-cases.ts'
import { serveGateway } from './gateway.ts'
import { unpackPackages } from './index.ts'
import { type Stage, type Runtime, RUNTIMES } from './runtimes.ts'
import { type Outcome, runCase } from './suite/case.ts'
import type { SuiteReport } from './suite/run-suite.ts'

/** What came of the suite in one place. */
interface Row {
  readonly name: string
  readonly backends: string
  readonly outcomes: readonly Outcome[]
  readonly seconds: number
}

/** Prints rows as they come, and counts. */
interface Table {
  add(row: Row): void
  /** A place that is not installed, which is a failure unless it is optional. */
  addMissing(name: string, optional: boolean): void
  /** Ends with the line of totals, and sets the exit code. */
  close(): void
}

const line = (name: string, backends: string, result: string) =>
  console.log(`${name.padEnd(15)} ${backends.padEnd(38)} ${result}`)

/** Opens the table of the runtimes. */
function openTable(): Table {
  let passed = 0
  let failed = 0
  let skipped = 0
  line('runtime', 'MD5 sign/verify, SHA-256 sign/verify', 'cases passed')
  return {
    add({ name, backends, outcomes, seconds }) {
      const bad = outcomes.filter(({ error }) => error !== undefined)
      const good = outcomes.length - bad.length
      line(name, backends, `${good}/${outcomes.length} in ${seconds.toFixed(1)} s`)
      for (const each of bad) console.log(`  ${each.name}: ${each.error}`)
      if (outcomes.length === 0) console.log('  no case was run')
      passed += good
      failed += outcomes.length === 0 ? 1 : bad.length
    },
    addMissing(name, optional) {
      if (optional) skipped += 1
      else failed += 1
      console.log(`${optional ? 'skip' : 'FAIL'} ${name}: it is not installed`)
    },
    close() {
      console.log(`runtimes: ${passed} passed, ${failed} failed, ${skipped} skipped`)
      process.exitCode = failed === 0 && passed > 0 ? 0 : 1
    },
  }
}

const MESSAGE_LIMIT = 2000

const sorted = (names: readonly string[]) => names.toSorted().join(', ')

const hold = (name: string, actual: string, wanted: string): Outcome =>
  actual === wanted ? { name } : { name, error: `expected ${wanted}, found ${actual}` }

/** Holds what was found of a runtime against what is listed of it. */
function compare({ md5, lacks }: Runtime, report: SuiteReport): Outcome[] {
  const found = report.backends.flatMap(({ sign, verify }) => [sign.chosen, verify.chosen])
  const expected = [md5, md5, 'webcrypto', 'webcrypto']
  return [
    hold('it has the backends that are listed', found.join(', '), expected.join(', ')),
    hold('it lacks what is listed', sorted(report.lacks), sorted(lacks)),
  ]
}

const describeBackends = ({ backends }: SuiteReport): string =>
  backends.map(({ sign, verify }) => `${sign.chosen}/${verify.chosen}`).join('  ')

/** Runs the suite in a runtime; `undefined` where it is not installed. */
async function runIn(runtime: Runtime, stage: Stage): Promise<Row | undefined> {
  const { name } = runtime
  const start = performance.now()
  const seconds = () => (performance.now() - start) / 1000
  try {
    const report = await runtime.run(stage)
    if (report === undefined) return undefined
    const { outcomes } = report
    return {
      name,
      backends: describeBackends(report),
      outcomes: outcomes.length === 0 ? [] : [...outcomes, ...compare(runtime, report)],
      seconds: seconds(),
    }
  } catch (error) {
    const outcomes = [{ name: 'it runs', error: inspect(error).slice(0, MESSAGE_LIMIT) }]
    return { name, backends: '-', outcomes, seconds: seconds() }
  }
}

/** Runs examples/worker on workerd and asks it everything. */
async function runExample(stage: ExampleStage): Promise<Row> {
  const start = performance.now()
  const outcomes: Outcome[] = []
  await using example = await openExample(stage)
  for (const each of example.cases) outcomes.push(await runCase(each))
  const seconds = (performance.now() - start) / 1000
  return { name: 'examples/worker', backends: 'on workerd', outcomes, seconds }
}

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
