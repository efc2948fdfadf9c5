import { parseArgs } from 'node:util'

import { report } from '@internal/testkit/report'
import * as fc from 'fast-check'

import { BrokenHistory, type Subject } from './simulation/subject.ts'
import { SUBJECTS } from './simulation/subjects.ts'

// Usage: simulate.ts [--count 1000000] [--seed 1] [--subject NAME] [--rule TEXT]
//   [--replay SUBJECT:SEED:PATH]
// --rule looks at the rules whose name holds a text, and at no other.
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    subject: { type: 'string' },
    rule: { type: 'string', default: '' },
    replay: { type: 'string' },
  },
})
/** Histories under one seed. */
const BATCH = 10_000

const isWanted = (rule: string) => rule.includes(values.rule)

interface Where {
  readonly seed: number
  readonly numRuns: number
  readonly path?: string
}

async function simulate(subject: Subject, where: Where): Promise<readonly string[]> {
  const options = where.path === undefined ? where : { ...where, endOnFailure: true }
  const details = await fc.check(subject.property(isWanted), options)
  if (!details.failed) return []
  const { errorInstance: error, seed, counterexamplePath, counterexample } = details
  const replay = `--replay ${subject.name}:${seed}:${counterexamplePath}`
  const plan = JSON.stringify(counterexample?.[1])
  if (!(error instanceof BrokenHistory)) return [replay, plan, String(error)]
  return [error.message, `again: ${replay}`, `plan: ${plan}`, error.history]
}

async function simulateMany(subject: Subject): Promise<readonly string[]> {
  const count = Math.ceil(Number(values.count) / Object.keys(SUBJECTS).length)
  const seed = Number(values.seed)
  const started = process.cpuUsage()
  for (let done = 0; done < count; done += BATCH) {
    const numRuns = Math.min(BATCH, count - done)
    const problems = await simulate(subject, { seed: seed + done / BATCH, numRuns })
    if (problems.length > 0) return problems
  }
  const { user, system } = process.cpuUsage(started)
  const seconds = (user + system) / 1e6
  console.log(`${subject.name}: ${count} histories in ${seconds.toFixed(0)} s of CPU`)
  return []
}

const [replayed = '', seed, ...path] = (values.replay ?? '').split(':')
const wanted = values.replay === undefined ? values.subject : replayed
const where = { seed: Number(seed), numRuns: 1, path: path.join(':') }
await report(
  'simulation',
  Object.entries(SUBJECTS)
    .filter(([name]) => wanted === undefined || name === wanted)
    .map(([name, load]) => ({
      name: `${name}: every history keeps every rule`,
      ask: async () => {
        const subject = await load()
        return values.replay === undefined ? simulateMany(subject) : simulate(subject, where)
      },
    })),
)
