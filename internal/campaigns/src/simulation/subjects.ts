import * as fc from 'fast-check'

import { CALL_RULES, unended } from './calls/call-rules.ts'
import { anyCalls, runCalls, type CallsPlan } from './calls/run-calls.ts'
import { JOB_RULES, type Aftermath } from './jobs/job-rules.ts'
import { anyJobs, type JobsPlan } from './jobs/jobs-plan.ts'
import { BullQueue } from './jobs/queues/bullmq.ts'
import { CloudflareQueue } from './jobs/queues/cloudflare.ts'
import { BossQueue } from './jobs/queues/pg-boss.ts'
import type { Queue, QueueParts } from './jobs/queues/queue.ts'
import { runQueue } from './jobs/run-queue.ts'
import { printHistory } from './print-history.ts'
import { runRunner } from './runner/run-runner.ts'
import { anyRuns, type RunnerPlan } from './runner/runner-plan.ts'
import type { World } from './world.ts'

/** A rule that a history broke, and how. */
export interface Breach {
  readonly rule: string
  readonly problem: string
}

/** A history that broke a rule. */
export class BrokenHistory extends Error {
  readonly breaches: readonly Breach[]
  readonly history: string

  constructor(breaches: readonly Breach[], world: World) {
    super(breaches.map(({ rule, problem }) => `${rule}: ${problem}`).join('\n'))
    this.breaches = breaches
    this.history = printHistory(world)
  }
}

/** Something whose histories are simulated. */
export interface Subject {
  readonly name: string
  /** A property of fast-check: no history breaks a rule whose name is wanted. */
  readonly property: (
    isWanted: (rule: string) => boolean,
  ) => fc.IAsyncProperty<[fc.Scheduler, unknown]>
}

interface Ended {
  readonly world: World
  readonly breaches: readonly Breach[]
}

/** A failing plan is not made smaller for ever. */
const MOST_SHRINKS = 600

/** The platform's, which no history replaces. */
const afterMicrotasks = setImmediate

/** Lets all that a task has caused happen before the next one is picked. */
async function act(task: () => Promise<unknown>): Promise<void> {
  await task()
  await new Promise<void>((resolve) => {
    afterMicrotasks(resolve)
  })
}

function subject<P>(
  name: string,
  plans: fc.Arbitrary<P>,
  live: (scheduler: fc.Scheduler, plan: P) => Promise<Ended>,
): Subject {
  return {
    name,
    property: (isWanted) =>
      fc.asyncProperty(
        fc.scheduler({ act }),
        fc.limitShrink(plans, MOST_SHRINKS),
        async (scheduler, plan) => {
          const { world, breaches } = await live(scheduler, plan)
          const wanted = breaches.filter(({ rule }) => isWanted(rule))
          if (wanted.length > 0) throw new BrokenHistory(wanted, world)
        },
      ),
  }
}

const jobBreaches = (aftermath: Aftermath): readonly Breach[] =>
  JOB_RULES.flatMap(({ name: rule, problems }) =>
    problems(aftermath).map((problem) => ({ rule, problem })),
  )

async function liveJobs(
  scheduler: fc.Scheduler,
  plan: JobsPlan,
  open: (parts: QueueParts) => Queue,
): Promise<Ended> {
  const past = await runQueue(scheduler, plan, open)
  return { world: past.world, breaches: jobBreaches(past) }
}

async function liveRuns(scheduler: fc.Scheduler, plan: RunnerPlan): Promise<Ended> {
  const past = await runRunner(scheduler, plan)
  return { world: past.world, breaches: jobBreaches(past) }
}

async function liveCalls(scheduler: fc.Scheduler, plan: CallsPlan): Promise<Ended> {
  const past = await runCalls(scheduler, plan)
  const broken = CALL_RULES.flatMap(({ name: rule, isBroken }) =>
    past.told
      .filter((told) => isBroken(told, past))
      .map(({ call, no_agree, said }) => ({ rule, problem: `${call} of ${no_agree}: ${said}` })),
  )
  const open = unended(past).map((problem) => ({ rule: 'every call ends', problem }))
  return { world: past.world, breaches: [...broken, ...open] }
}

const queueSubject = (name: string, open: (parts: QueueParts) => Queue) =>
  subject(name, anyJobs, (scheduler, plan) => liveJobs(scheduler, plan, open))

/** All that is simulated. */
export const SUBJECTS: readonly Subject[] = [
  subject('calls', anyCalls, liveCalls),
  subject('runner', anyRuns, liveRuns),
  queueSubject('bullmq', (parts) => new BullQueue(parts)),
  queueSubject('pg-boss', (parts) => new BossQueue(parts)),
  queueSubject('cloudflare', (parts) => new CloudflareQueue(parts)),
]
