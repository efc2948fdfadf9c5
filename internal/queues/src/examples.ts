import { report, type Question, type Skipped } from '@internal/testkit/report'

import { runExample, RUNS } from './examples/run.ts'

// Runs every example for queues as a user would, and looks at what it says of each card.
const EXPECTED = ['not-bound', 'unbound', 'unbound', 'unbound', 'unbound']

const outcomeOf = (line: string): string => JSON.parse(line).outcome

const questions: Question[] = []
const skipped: Skipped[] = []
for (const [name, example] of Object.entries(RUNS)) {
  const lines: string[] = []
  const isWell = await runExample(example, (line) => lines.push(line))
  if (isWell === undefined) {
    skipped.push({ name, why: 'its server is not installed' })
    continue
  }
  questions.push({
    name: `${name} unbinds four cards, and says that the fifth is not bound`,
    ask: () => {
      const outcomes = lines.map(outcomeOf).toSorted()
      const isRight = isWell && outcomes.join() === EXPECTED.join()
      return isRight ? [] : [`it said ${lines.join('\n')}`]
    },
  })
}
await report('queue-examples', questions, skipped)
