import type { createCoreClient } from '@llpay/core/adapter'
import type { createUnbindProcessor } from '@llpay/core/bulk'

import { CALL_RULES, unended } from './calls/call-rules.ts'
import { anyCalls, runCalls } from './calls/run-calls.ts'
import { JOB_RULES, type Aftermath } from './jobs/job-rules.ts'
import { anyJobs } from './jobs/jobs-plan.ts'
import { BullQueue } from './jobs/queues/bullmq.ts'
import { CloudflareQueue } from './jobs/queues/cloudflare.ts'
import { BossQueue } from './jobs/queues/pg-boss.ts'
import type { Queue, QueueParts } from './jobs/queues/queue.ts'
import { runQueue } from './jobs/run-queue.ts'
import { SimulatedDisk } from './runner/disk.ts'
import { runRunner } from './runner/run-runner.ts'
import { anyRuns } from './runner/runner-plan.ts'
import { subject, type Breach, type Ended, type Subject } from './subject.ts'
import type { World } from './world.ts'

const judged = (past: Aftermath & { readonly world: World }): Ended => {
  const breaches = JOB_RULES.flatMap(({ name: rule, problems }) =>
    problems(past).map((problem): Breach => ({ rule, problem })),
  )
  return { world: past.world, breaches }
}

/** Single calls of a client: that of the code under test, or one with a planted defect. */
export const callsSubject = (makeClient?: typeof createCoreClient): Subject =>
  subject('calls', anyCalls, async (scheduler, plan) => {
    const past = await runCalls(scheduler, plan, makeClient)
    const broken = CALL_RULES.flatMap(({ name: rule, isBroken }) =>
      past.told
        .filter((told) => isBroken(told, past))
        .map(({ call, no_agree, said }) => ({ rule, problem: `${call} of ${no_agree}: ${said}` })),
    )
    const open = unended(past).map((problem) => ({ rule: 'every call ends', problem }))
    return { world: past.world, breaches: [...broken, ...open] }
  })

/** Workers at a queue. */
export const queueSubject = (
  name: string,
  open: (parts: QueueParts) => Queue,
  makeProcessor?: typeof createUnbindProcessor,
): Subject =>
  subject(name, anyJobs, async (scheduler, plan) =>
    judged(await runQueue(scheduler, plan, open, makeProcessor)),
  )

/** Runs over one ledger. */
export const runnerSubject = (DiskOf: typeof SimulatedDisk = SimulatedDisk): Subject =>
  subject('runner', anyRuns, async (scheduler, plan) =>
    judged(await runRunner(scheduler, plan, DiskOf)),
  )

/** All that is simulated. */
export const SUBJECTS: readonly Subject[] = [
  callsSubject(),
  runnerSubject(),
  queueSubject('bullmq', (parts) => new BullQueue(parts)),
  queueSubject('pg-boss', (parts) => new BossQueue(parts)),
  queueSubject('cloudflare', (parts) => new CloudflareQueue(parts)),
]
