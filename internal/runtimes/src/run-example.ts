import { openExample, type ExampleStage } from './example-cases.ts'
import { runCase, type Outcome } from './suite/case.ts'
import type { Row } from './table.ts'

/** Runs examples/worker on workerd and asks it everything. */
export async function runExample(stage: ExampleStage): Promise<Row> {
  const start = performance.now()
  const outcomes: Outcome[] = []
  await using example = await openExample(stage)
  for (const each of example.cases) outcomes.push(await runCase(each))
  const seconds = (performance.now() - start) / 1000
  return { name: 'examples/worker', backends: 'on workerd', outcomes, seconds }
}
