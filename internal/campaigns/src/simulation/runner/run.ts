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
import * as fc from 'fast-check'

import { GATEWAY_VERIFIER, MERCHANT_KEY } from '../gateway.ts'
import type { Reports } from '../jobs/job-rules.ts'
import type { Network } from '../network.ts'
import {
  afterMs,
  anyAbsence,
  anyCard,
  few,
  nth,
  weighted,
  type CardPlan,
  type Timed,
} from '../plan.ts'
import type { Fate, Actor, World } from '../world.ts'
import type { DiskPlay, SimulatedDisk } from './disk.ts'

/** Runs of `llpay card unbind-many` over one ledger, before they happen. */
export interface RunnerPlan {
  readonly cards: readonly CardPlan[]
  /** Lines of the file that name a card which an earlier line named. */
  readonly repeated: readonly number[]
  /** Where runs are started, again and again until all is done: containers that share a folder. */
  readonly places: readonly Timed[]
  readonly fates: readonly (Fate & { readonly place: number; readonly run: number })[]
  readonly rebinds: readonly (Timed & { readonly card: number })[]
  readonly clockSteps: readonly (Timed & { readonly ms: number })[]
  readonly disk: readonly DiskPlay[]
  readonly concurrency: number
  readonly tries: number
  readonly absent: string
  readonly seed: number
}

const DAY_MS = 86_400_000

/** Any runs. */
export const anyRuns: fc.Arbitrary<RunnerPlan> = fc.record({
  cards: fc.array(anyCard, { minLength: 1, maxLength: 3 }),
  repeated: few(nth),
  places: fc.array(fc.record({ afterMs }), { minLength: 1, maxLength: 2 }),
  fates: fc.array(
    fc.record({
      place: fc.nat({ max: 1 }),
      run: fc.nat({ max: 2 }),
      afterSteps: fc.integer({ min: 1, max: 120 }),
      what: weighted<Fate['what']>([
        [3, 'dies'],
        [2, 'sleeps'],
        [1, 'is interrupted'],
        [1, 'loses power'],
      ]),
    }),
    { maxLength: 3 },
  ),
  rebinds: few(fc.record({ card: nth, afterMs })),
  clockSteps: few(
    fc.record({
      afterMs,
      ms: weighted([
        [1, -DAY_MS],
        [1, -60_000],
        [1, DAY_MS],
      ]),
    }),
  ),
  disk: fc.array(
    weighted<DiskPlay>([
      [30, 'fine'],
      [1, 'full'],
      [1, 'full-halfway'],
      [1, 'sync-fails'],
    ]),
    { maxLength: 40 },
  ),
  concurrency: fc.integer({ min: 1, max: 2 }),
  tries: fc.integer({ min: 1, max: 3 }),
  absent: anyAbsence,
  seed: fc.nat(),
})

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
