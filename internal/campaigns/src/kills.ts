import { parseArgs } from 'node:util'

import { report, type Question } from '../../checks/src/report.ts'
import { printKills } from './kills/print-kills.ts'
import { FAULTS } from './kills/rules.ts'
import { runKills, type Finding, type KillRun } from './kills/run-kills.ts'
import { bullmq } from './kills/subjects/bullmq.ts'
import { pgBoss } from './kills/subjects/pg-boss.ts'

// Usage: kills.ts [--count 5000] [--kills 20] [--seed 1] [--only NAME]
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '5000' },
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
})
const size = {
  count: Number(values.count),
  kills: Number(values.kills),
  seed: Number(values.seed),
}
const SUBJECTS = [bullmq, pgBoss]
const SHOWN = 5

const describe = ({ drawn, told, hooked, truth, isMarked }: Finding) =>
  JSON.stringify({ kind: drawn.kind, ...drawn.params, told, hooked, truth, isMarked })

function questionsOf({ name, findings, kills, isFinished }: KillRun): Question[] {
  return [
    {
      name: `${name}: all jobs came to an end, through ${size.kills} kills`,
      ask: () => [
        ...(isFinished ? [] : ['they did not']),
        ...(kills === size.kills ? [] : [`only ${kills} kills met a worker`]),
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
for (const subject of SUBJECTS.filter(({ name }) => name.includes(values.only))) {
  const run = await runKills(subject, size)
  if (run === undefined) console.log(`${subject.name}: not run, its server is not installed`)
  else runs.push(run)
}
printKills(runs)
await report('kills', runs.flatMap(questionsOf))
