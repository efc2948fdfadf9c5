import { CALL_RULES, unended, anyCalls, runCalls, type PlantedCalls } from './calls.ts'
import { judge } from './jobs/job-rules.ts'
import { anyJobs, anyRace } from './jobs/jobs-plan.ts'
import { BullQueue } from './jobs/queues/bullmq.ts'
import { CloudflareQueue } from './jobs/queues/cloudflare.ts'
import { BossQueue } from './jobs/queues/pg-boss.ts'
import { type Queue, type QueueParts, runQueue, type Planted } from './jobs/run-queue.ts'
import { runReceivers, type MakeHandler } from './receivers/run-receivers.ts'
import { anyReceivers } from './receivers/seen-world.ts'
import { subject, type Subject } from './subject.ts'

/** Single calls of a client. */
export const callsSubject = (planted?: PlantedCalls): Subject =>
  subject('calls', anyCalls, async (scheduler, plan) => {
    const past = await runCalls(scheduler, plan, planted)
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
  planted?: Planted,
  plans = anyJobs,
): Subject =>
  subject(name, plans, async (scheduler, plan) =>
    judge(await runQueue(scheduler, plan, open, planted)),
  )

/** Workers that race for one job. */
export const raceSubject = (planted?: Planted): Subject =>
  queueSubject('races', (parts) => new CloudflareQueue(parts), planted, anyRace)

/** Receivers of notifications that share a store. */
export const receiversSubject = (makeHandler?: MakeHandler): Subject =>
  subject('receivers', anyReceivers, (scheduler, plan) =>
    runReceivers(scheduler, plan, makeHandler),
  )

/** All that is simulated, by name. The runner's code is loaded only where it is wanted. */
export const SUBJECTS: Readonly<Record<string, () => Promise<Subject>>> = {
  calls: async () => callsSubject(),
  bullmq: async () => queueSubject('bullmq', (parts) => new BullQueue(parts)),
  'pg-boss': async () => queueSubject('pg-boss', (parts) => new BossQueue(parts)),
  cloudflare: async () => queueSubject('cloudflare', (parts) => new CloudflareQueue(parts)),
  races: async () => raceSubject(),
  receivers: async () => receiversSubject(),
  runner: async () => (await import('./runner/run-runner.ts')).runnerSubject(),
}
