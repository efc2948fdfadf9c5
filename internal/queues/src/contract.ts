import { report, type Question, type Skipped } from '@internal/testkit/report'

import { runContract } from './contract/run-contract.ts'
import { bullmq } from './subjects/bullmq.ts'
import { cloudflare } from './subjects/cloudflare.ts'
import { pgBossOnPglite, pgBossOnPostgres } from './subjects/pg-boss.ts'

// Holds every adapter to one contract, on the real queue. Usage: contract.ts [NAME...]
const names = process.argv.slice(2)
const SUBJECTS = [bullmq, pgBossOnPglite, pgBossOnPostgres, cloudflare]

const questions: Question[] = []
const skipped: Skipped[] = []
for (const subject of SUBJECTS) {
  if (names.length > 0 && !names.some((name) => subject.name.includes(name))) continue
  const asked = await runContract(subject)
  if (asked === undefined) skipped.push({ name: subject.name, why: 'its server is not installed' })
  else questions.push(...asked)
}
await report('queues', questions, skipped)
