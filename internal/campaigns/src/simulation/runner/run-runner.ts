import type { ProcessMark, Tally } from '@internal/sources/cli-bulk'
import type { UnbindJob } from '@llpay/core/bulk'
import type * as fc from 'fast-check'

import { withClock } from '../clock.ts'
import { Gateway } from '../gateway.ts'
import { checkFlight, type Aftermath, Reports, judge } from '../jobs/job-rules.ts'
import { Network } from '../network.ts'
import { subject, type Subject } from '../subject.ts'
import { newActor, World, type Actor } from '../world.ts'
import { SimulatedDisk } from './disk.ts'
import {
  LEDGER,
  RESULTS,
  runOnce,
  type Machine,
  type Run,
  type RunnerPlan,
  anyRuns,
} from './run.ts'

/** A history of runs that happened. */
export interface RunnerPast extends Aftermath {
  readonly world: World
  /** What the file of results holds in the end. */
  readonly results: readonly string[]
}

const AGAIN_MS = 5_000
/** An operator looks after a run that stopped by itself. */
const OPERATOR_MS = 3_600_000
const MOST_RUNS = 20

const jobsOf = ({ cards, repeated }: RunnerPlan): readonly UnbindJob[] => {
  const jobs = cards.map(({ payType }, index) => {
    const no_agree = `card${index + 1}`
    return { user_id: 'u1', no_agree, ref: no_agree, ...(payType && { pay_type: payType }) }
  })
  return [...jobs, ...repeated.flatMap((card) => jobs[card % jobs.length] ?? [])]
}

/** The processes of all containers. Each of these counts its own from 1 on. */
class ProcessTable {
  readonly #running = new Map<string, Actor>()
  #boot = 1

  reboot(): void {
    this.#boot += 1
  }

  start(actor: Actor, place: number, life: number): Run['processes'] {
    const mark: ProcessMark = {
      pid: life + 1,
      start: String(life),
      boot: `boot ${this.#boot}`,
      pidNamespace: `container ${place}`,
    }
    const nameOf = ({ pid, start }: Pick<ProcessMark, 'pid' | 'start'>) =>
      `${mark.boot} ${mark.pidNamespace} ${pid} ${start}`
    this.#running.set(nameOf(mark), actor)
    return {
      own: () => mark,
      isGone: (other) => this.#running.get(nameOf(other))?.isAlive !== true,
    }
  }

  all(): readonly Actor[] {
    return [...this.#running.values()]
  }
}

/** Starts runs in a place until one has done all. */
class Operator {
  readonly #machine: Machine
  readonly #table: ProcessTable
  readonly #place: number

  constructor(machine: Machine, table: ProcessTable, place: number) {
    this.#machine = machine
    this.#table = table
    this.#place = place
  }

  async work(): Promise<void> {
    const { world, plan } = this.#machine
    await world.clock.sleep(plan.places[this.#place]?.afterMs ?? 0)
    for (let life = 0; life < MOST_RUNS; life += 1) {
      const pauseMs = await this.#run(life)
      if (pauseMs === undefined) return
      await world.clock.sleep(pauseMs)
    }
  }

  /** Runs once; gives how long to wait before the next run, if there is to be one. */
  async #run(life: number): Promise<number | undefined> {
    const { world, plan } = this.#machine
    const fates = plan.fates.filter(
      ({ place, run }) => place % plan.places.length === this.#place && run === life,
    )
    const actor = newActor(`run ${'AB'[this.#place]}${life + 1}`, fates)
    const controller = new AbortController()
    actor.onFate = (fate) => {
      if (fate === 'is interrupted') controller.abort()
      if (fate === 'loses power') this.#losePower()
    }
    const died = new Promise<undefined>((resolve) => {
      actor.onDeath = () => resolve(undefined)
    })
    const processes = this.#table.start(actor, this.#place, life)
    world.note(actor.name, 'starts')
    const run = { actor, signal: controller.signal, processes }
    const ended = await Promise.race([
      died,
      runOnce(this.#machine, run).catch((error: unknown) => error),
    ])
    if (!actor.isAlive || ended === undefined) return AGAIN_MS
    world.kill(actor, ended instanceof Error ? `ends: ${ended.message.slice(0, 70)}` : 'ends')
    return ended instanceof Error ? AGAIN_MS : afterTally(ended)
  }

  #losePower(): void {
    const { world, disk } = this.#machine
    for (const each of this.#table.all()) world.kill(each, 'dies of it')
    disk.losePower(world.random)
    this.#table.reboot()
  }
}

function afterTally(tally: unknown): number | undefined {
  const { left, stop }: Tally = Object(tally)
  if (left === 0 && stop === undefined) return undefined
  return stop === undefined || stop === 'interrupted' ? AGAIN_MS : OPERATOR_MS
}

/** Lets runs live through a plan. */
export async function runRunner(
  scheduler: fc.Scheduler,
  plan: RunnerPlan,
  DiskOf: typeof SimulatedDisk,
): Promise<RunnerPast> {
  const world = new World(scheduler, plan.seed)
  const gateway = new Gateway(world, plan.absent)
  const reports = new Reports(world)
  const jobs = jobsOf(plan)
  const ids = new Map<string, string>()
  const disk = new DiskOf(world, plan.disk, (actor, path, text) => {
    if (path === RESULTS) for (const line of linesOf(text)) hearLine(reports, actor, line)
  })
  const marks = {
    isSent: (no_agree: string) =>
      disk.readSynced(LEDGER).includes(`"event":"sent","job":"${ids.get(no_agree)}"`),
  }
  const badFlights: { rule: string; problem: string }[] = []
  const cards = new Map(plan.cards.map((card, index) => [`card${index + 1}`, card]))
  const network = new Network(world, gateway, cards, (flight, all) => {
    badFlights.push(...checkFlight(flight, all, marks, reports))
  })
  const machine: Machine = { world, plan, jobs, network, reports, disk, ids }
  const table = new ProcessTable()
  const isEndless = await withClock(world.clock, world.random, async () => {
    for (const [no_agree, { bound }] of cards) {
      for (const payType of bound) gateway.bind(no_agree, payType)
    }
    for (const { afterMs, card } of plan.rebinds) {
      const { no_agree = '', pay_type = '2' } = jobs[card % plan.cards.length] ?? {}
      world.clock.set(() => gateway.bind(no_agree, pay_type), afterMs)
    }
    for (const { afterMs, ms } of plan.clockSteps) {
      world.clock.set(() => world.stepWall(ms), afterMs)
    }
    for (const place of plan.places.keys()) void new Operator(machine, table, place).work()
    return world.isEndless()
  })
  const results = linesOf(disk.read(RESULTS))
  const lost = [...cards.keys()].filter(
    (no_agree) => !results.some((line) => line.includes(no_agree)),
  )
  return { world, gateway, reports, badFlights, isEndless, results, lost: isEndless ? [] : lost }
}

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '')

function hearLine(reports: Reports, actor: Actor, line: string): void {
  const { ref, ...verdict } = JSON.parse(line)
  reports.hear(actor, ref, verdict, 'results')
}

/** Runs over one ledger: on the modelled disk, or on one with a planted defect. */
export const runnerSubject = (DiskOf: typeof SimulatedDisk = SimulatedDisk): Subject =>
  subject('runner', anyRuns, async (scheduler, plan) =>
    judge(await runRunner(scheduler, plan, DiskOf)),
  )
