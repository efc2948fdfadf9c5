import {
  type Row,
  openLedger,
  type Processes,
  Pacer,
  openResults,
  runJobs,
  startTally,
  type Tally,
} from '@internal/sources/cli-bulk'
import { OID_PARTNER } from '@internal/testkit/merchant'
import { createCaller } from '@llpay/core/adapter'
import { createUnbindProcessor, type UnbindJob, type UnbindProcessor } from '@llpay/core/bulk'

import { GATEWAY_VERIFIER, MERCHANT_KEY } from '../gateway.ts'
import type { Reports } from '../jobs/reports.ts'
import type { Network } from '../network.ts'
import type { Actor, World } from '../world.ts'
import type { SimulatedDisk } from './disk.ts'
import type { RunnerPlan } from './runner-plan.ts'

export const LEDGER = '/cards.ledger'
export const RESULTS = '/cards.results'

const TIMEOUT_MS = 30_000
const RATE_MS = 100

/** What all runs of a history share. */
export interface Machine {
  readonly world: World
  readonly plan: RunnerPlan
  readonly jobs: readonly UnbindJob[]
  readonly network: Network
  readonly reports: Reports
  readonly disk: SimulatedDisk
  /** The ids of the jobs by their agreements. */
  readonly ids: Map<string, string>
}

/** A run, as a process of a container. */
export interface Run {
  readonly actor: Actor
  readonly signal: AbortSignal
  readonly processes: Processes
}

async function* rowsOf({ jobs }: Machine): AsyncGenerator<Row> {
  for (const [index, value] of jobs.entries()) yield { line: index + 1, bytes: index + 1, value }
}

function watched({ world, reports, ids }: Machine, actor: Actor, inner: UnbindProcessor) {
  const process: UnbindProcessor['process'] = async (job, options) => {
    const no_agree = String(Reflect.get(Object(job), 'no_agree'))
    ids.set(no_agree, options?.jobId ?? '')
    const end = reports.begin(actor, no_agree)
    const verdict = await inner.process(job, options).finally(end)
    const code = 'code' in verdict ? ` (${verdict.code})` : ''
    world.note(actor.name, `concludes ${no_agree}: ${verdict.outcome}${code}`)
    return verdict
  }
  return { ...inner, process }
}

/**
 * Runs over the file once, as `llpay card unbind-many` does.
 *
 * @throws what ends a run early: another one at work, a full disk.
 */
export async function runOnce(machine: Machine, { actor, signal, processes }: Run): Promise<Tally> {
  const { world, plan, network, disk: shared } = machine
  const clock = world.clockOf(actor)
  const disk = shared.of(actor)
  const time = () => world.clock.wall
  const platform = { disk, clock, processes, time }
  const owner = { oid_partner: OID_PARTNER, target: 'lianlian' }
  const ledger = await openLedger(LEDGER, owner, platform, { signal })
  world.note(actor.name, 'holds the ledger')
  try {
    const check = () => ledger.check()
    const results = await openResults({ file: RESULTS, ledgerFile: LEDGER, check, disk })
    const caller = createCaller({
      oidPartner: OID_PARTNER,
      timeoutMs: TIMEOUT_MS,
      signer: MERCHANT_KEY.signer,
      verifiers: [GATEWAY_VERIFIER],
      transport: network.transportOf(actor),
      clock,
    })
    const { jobKey, marks } = ledger
    const processor = createUnbindProcessor(caller, {
      oidPartner: OID_PARTNER,
      jobIdKey: jobKey,
      marks,
    })
    const tally = startTally()
    await runJobs({
      rows: rowsOf(machine),
      oidPartner: OID_PARTNER,
      processor: watched(machine, actor, processor),
      ledger,
      results,
      pacer: new Pacer(RATE_MS, clock),
      tally,
      concurrency: plan.concurrency,
      tries: plan.tries,
      maxFailures: Infinity,
      again: [],
      signal,
      clock,
      time,
    })
    return tally
  } finally {
    ledger.close()
  }
}
