import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { seeded } from '@internal/testkit/random'

import { drawCase, type Case } from '../faults/cases.ts'
import type { CardTruth } from '../gateway/gateway.ts'
import { startGateway, type RunningGateway } from '../gateway/start-gateway.ts'
import type { OpenSubject, Size, Stage, Subject, Told } from './subject.ts'

/** A card with what was reported of it, and what is true. */
export interface Finding {
  readonly drawn: Case
  readonly told: readonly Told[]
  /** What hooks reported of it while the workers ran. */
  readonly hooked: readonly Told[]
  /** What another record of the subject says of it. */
  readonly recorded: readonly Told[] | undefined
  readonly truth: CardTruth
  readonly isMarked: boolean
}

/** What a subject came to. */
export interface KillRun {
  readonly name: string
  readonly findings: readonly Finding[]
  /** How many kills there were to be, and how many met a worker. */
  readonly planned: number
  readonly kills: number
  /** How often a worker that had ended by itself was started again. */
  readonly restarts: number
  readonly isFinished: boolean
  readonly seconds: number
}

const POLL_MS = 30
const PAUSE_MS = 400
/** Only ends what hangs: the longest campaign takes a third of it. */
const MOST_POLLS = 50_000
/** How many cards may begin between the moment of a kill and the kill: the others wait for it. */
const SLACK = 20

/** The moments of the kills: after this many cards have begun, and then anywhere within their work. */
function drawMoments({ count, kills }: Size, seed: number) {
  const random = seeded(seed)
  return Array.from({ length: kills }, () => ({
    begun: Math.floor(random() * Math.max(0, count - SLACK)),
    pauseMs: random() * PAUSE_MS,
  })).toSorted((a, b) => a.begun - b.begun)
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) =>
  exitCode !== null || signalCode !== null

/** Ends a worker as a power cut would. Tells whether it was still there to be ended. */
async function kill(worker: ChildProcess): Promise<boolean> {
  if (hasEnded(worker)) return false
  const ended = once(worker, 'exit')
  worker.kill('SIGKILL')
  await ended
  return true
}

async function carryOut(
  subject: OpenSubject,
  gateway: RunningGateway,
  size: Size,
  seed: number,
): Promise<Pick<KillRun, 'kills' | 'restarts' | 'isFinished'>> {
  let worker = subject.startWorker()
  let [kills, restarts] = [0, 0]
  const isFinished = async () => {
    if (await subject.isFinished(worker)) return true
    if (hasEnded(worker)) {
      worker = subject.startWorker()
      restarts += 1
    }
    return false
  }
  for (const { begun, pauseMs } of drawMoments(size, seed)) {
    await gateway.ask('/limit', begun + SLACK)
    while (Number(await gateway.ask('/progress')) < begun && !(await isFinished())) {
      await delay(POLL_MS)
    }
    await delay(pauseMs)
    let isKilled = await kill(worker)
    while (!isKilled && !(await isFinished())) isKilled = await kill(worker)
    if (isKilled) kills += 1
    worker = subject.startWorker()
  }
  await gateway.ask('/limit')
  let finished = await isFinished()
  for (let left = MOST_POLLS; !finished && left > 0; left -= 1) {
    await delay(POLL_MS)
    finished = await isFinished()
  }
  await kill(worker)
  return { kills, restarts, isFinished: finished }
}

function groupByCard(all: readonly Told[]): ReadonlyMap<string, readonly Told[]> {
  const groups = new Map<string, Told[]>()
  for (const each of all) {
    const group = groups.get(each.no_agree) ?? []
    groups.set(each.no_agree, group)
    group.push(each)
  }
  return groups
}

async function compare(subject: OpenSubject, gateway: RunningGateway, cases: readonly Case[]) {
  const truths: Record<string, CardTruth> = JSON.parse(await gateway.ask('/truth'))
  const told = groupByCard(await subject.told())
  const hooked = groupByCard(await subject.hooked())
  const records = await subject.recorded?.()
  const recorded = records === undefined ? undefined : groupByCard(records)
  const findings: Finding[] = []
  for (const drawn of cases) {
    const { no_agree } = drawn.params
    const truth = truths[no_agree]
    if (truth === undefined) throw new Error('the gateway does not know a card')
    findings.push({
      drawn,
      truth,
      told: told.get(no_agree) ?? [],
      hooked: hooked.get(no_agree) ?? [],
      recorded: recorded === undefined ? undefined : (recorded.get(no_agree) ?? []),
      isMarked: await subject.isMarked(drawn.params),
    })
  }
  return findings
}

/** Has all jobs carried out by workers that are killed, and compares card by card. */
export async function runKills(
  subject: Subject,
  size: Size,
  seed: number,
): Promise<KillRun | undefined> {
  await using gateway = await startGateway()
  const folder = await mkdtemp(join(tmpdir(), 'llpay-kills-'))
  try {
    const stage: Stage = { gatewayUrl: gateway.url, folder }
    await using opened = await subject.open(stage)
    if (opened === undefined) return undefined
    const cases = Array.from({ length: size.count }, (_, number) =>
      drawCase(seed, number, subject.faults),
    )
    await gateway.ask(
      '/open',
      cases.map(({ plan }) => plan),
    )
    await opened.enqueue(cases.map(({ params }) => params))
    const started = performance.now()
    const ended = await carryOut(opened, gateway, size, seed)
    const seconds = (performance.now() - started) / 1000
    const findings = await compare(opened, gateway, cases)
    return { name: subject.name, planned: size.kills, ...ended, seconds, findings }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
