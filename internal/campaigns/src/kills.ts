import { parseArgs } from 'node:util'

import { report, type Question, type Skipped } from '@internal/testkit/report'

import { runReceiver } from './kills/notifications/run-receiver.ts'
import { printKills, FAULTS } from './kills/print-kills.ts'
import { runKills, type Finding, type KillRun } from './kills/run-kills.ts'
import { bullmq, pgBoss, runner } from './kills/subjects.ts'

// Usage: kills.ts [--short] [--count N] [--kills N] [--seed 1] [--only NAME]
const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    count: { type: 'string' },
    kills: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
})
const SUBJECTS = [runner, bullmq, pgBoss]
const SHOWN = 5

const describe = ({ drawn, ...found }: Finding) =>
  JSON.stringify({ kind: drawn.kind, ...drawn.params, ...found })

function questionsOf({ name, findings, planned, kills, isFinished }: KillRun): Question[] {
  return [
    {
      name: `${name}: all jobs came to an end, through ${planned} kills`,
      ask: () => [
        ...(isFinished ? [] : ['they did not']),
        ...(kills === planned ? [] : [`only ${kills} kills met a worker`]),
      ],
    },
    ...FAULTS.map((fault) => ({
      name: `${name}: ${fault.name}`,
      ask: () => {
        const found = findings.filter(fault.has)
        return found.length === 0
          ? []
          : [`${found.length} cards`, ...found.slice(0, SHOWN).map(describe)]
      },
    })),
  ]
}

const runs: KillRun[] = []
const skipped: Skipped[] = []
for (const subject of SUBJECTS.filter(({ name }) => name.includes(values.only))) {
  const form = values.short ? subject.short : subject.full
  const size = {
    count: Number(values.count ?? form.count),
    kills: Number(values.kills ?? form.kills),
  }
  const run = await runKills(subject, size, Number(values.seed))
  if (run === undefined) skipped.push({ name: subject.name, why: 'its server is not installed' })
  else runs.push(run)
}
const questions = runs.flatMap(questionsOf)
for (const name of ['Redis', 'PostgreSQL'] as const) {
  if (!`notifications, ${name}`.includes(values.only)) continue
  const form = values.short ? { count: 300, kills: 4 } : { count: 5000, kills: 20 }
  const size = {
    count: Number(values.count ?? form.count),
    kills: Number(values.kills ?? form.kills),
  }
  const asked = await runReceiver(name, size, Number(values.seed))
  if (asked === undefined) {
    skipped.push({ name: `notifications, ${name}`, why: 'its server is not installed' })
  } else questions.push(...asked)
}
if (runs.length > 0) printKills(runs)
await report('kills', questions, skipped)
