import { parseArgs } from 'node:util'

import fc from 'fast-check'

import { JOB_RULES } from './simulation/invariants.ts'
import { anyPlan } from './simulation/plan.ts'
import { printHistory } from './simulation/print-history.ts'
import { BullQueue } from './simulation/queues/bullmq.ts'
import { CloudflareQueue } from './simulation/queues/cloudflare.ts'
import { BossQueue } from './simulation/queues/pg-boss.ts'
import type { Queue, QueueParts } from './simulation/queues/queue.ts'
import { runQueue } from './simulation/run-queue.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    subject: { type: 'string' },
    rule: { type: 'string' },
    replay: { type: 'string' },
  },
})
const QUEUES: Record<string, (parts: QueueParts) => Queue> = {
  bullmq: (parts) => new BullQueue(parts),
  'pg-boss': (parts) => new BossQueue(parts),
  cloudflare: (parts) => new CloudflareQueue(parts),
}
const settle = setImmediate
const act = async (task: () => Promise<unknown>) => {
  await task()
  await new Promise((resolve) => settle(resolve))
}
for (const [name, open] of Object.entries(QUEUES)) {
  if (values.subject !== undefined && values.subject !== name) continue
  const started = process.cpuUsage()
  let last = ''
  let histories = 0
  const result = await fc.check(
    fc.asyncProperty(fc.scheduler({ act }), anyPlan, async (scheduler, plan) => {
      histories += 1
      const past = await runQueue(scheduler, plan, open)
      for (const rule of JOB_RULES) {
        if (values.rule !== undefined && !rule.name.includes(values.rule)) continue
        const problems = rule.problems(past)
        if (problems.length > 0) {
          last = printHistory(past.world)
          throw new Error(`${rule.name}: ${problems.join('; ')}`)
        }
      }
    }),
    {
      numRuns: Number(values.count),
      seed: Number(values.seed),
      ...(values.replay === undefined ? {} : { path: values.replay }),
    },
  )
  const { user, system } = process.cpuUsage(started)
  console.log(name, histories, 'histories', ((user + system) / 1e3 / histories).toFixed(2), 'ms each')
  if (result.failed) {
    console.log(result.errorInstance, result.seed, result.counterexamplePath)
    console.log(JSON.stringify(result.counterexample?.[1]))
    console.log(last)
  }
}
