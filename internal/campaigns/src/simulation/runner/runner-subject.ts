import { judge } from '../jobs/job-rules.ts'
import { subject, type Subject } from '../subject.ts'
import { SimulatedDisk } from './disk.ts'
import { runRunner } from './run-runner.ts'
import { anyRuns } from './runner-plan.ts'

/** Runs over one ledger: on the modelled disk, or on one with a planted defect. */
export const runnerSubject = (DiskOf: typeof SimulatedDisk = SimulatedDisk): Subject =>
  subject('runner', anyRuns, async (scheduler, plan) =>
    judge(await runRunner(scheduler, plan, DiskOf)),
  )
