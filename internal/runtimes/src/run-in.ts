import { inspect } from 'node:util'

import type { Stage } from './runners/runner.ts'
import type { Runtime } from './runtimes.ts'
import type { Outcome } from './suite/case.ts'
import type { SuiteReport } from './suite/run-suite.ts'
import type { Row } from './table.ts'

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
export async function runIn(runtime: Runtime, stage: Stage): Promise<Row | undefined> {
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
