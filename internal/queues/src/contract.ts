// Holds every adapter to one contract, on the real queue. Usage: contract.ts [NAME...]
import { setTimeout as delay } from 'node:timers/promises'

import { type Question, report, type Skipped } from '@internal/testkit/report'

import {
  addedOf,
  CASES,
  FORGED,
  idOf,
  questionOf,
  TWIN,
  UNTOUCHED,
  userOf,
} from './contract/cases.ts'
import { startGateway, type Gateway } from './contract/gateway.ts'
import { askMarks, askSeen } from './contract/stores.ts'
import type { Added, Kept, OpenQueue, Subject } from './contract/subject.ts'
import { bullmq } from './subjects/bullmq.ts'
import { cloudflare } from './subjects/cloudflare.ts'
import { pgBossOnPglite, pgBossOnPostgres } from './subjects/pg-boss.ts'

const POLL_MS = 100
/** Only ends what hangs: jobs take seconds. */
const MOST_POLLS = 6000
/** How long a worker that did not stop has to give itself away. One that stopped needs no time. */
const QUIET_MS = 2500

/** Looks again and again, until what it sees is enough; it gives up on what hangs. */
async function poll<T>(look: () => Promise<T>, isEnough: (seen: T) => boolean): Promise<T> {
  for (let left = MOST_POLLS; ; left -= 1) {
    const seen = await look()
    if (isEnough(seen) || left === 0) return seen
    await delay(POLL_MS)
  }
}

/** Waits until all jobs have ended. */
const waitFor = (queue: OpenQueue, jobs: readonly Added[]): Promise<(Kept | undefined)[]> =>
  poll(
    () => Promise.all(jobs.map((job) => queue.kept(job))),
    (kept) => !kept.includes(undefined),
  )

/** Asks what becomes of a job that comes twice at the same time, and once more when it has ended. */
async function askTwin(name: string, gateway: Gateway, queue: OpenQueue, twins: readonly Added[]) {
  const kept = await waitFor(queue, twins)
  const { length } = gateway.listed(TWIN.user_id)
  const data = { ...TWIN, ref: 'three' }
  const third = { id: await idOf({ ...TWIN, generation: 'later' }), data }
  await queue.add([third])
  const later = await waitFor(queue, [third])
  const all = [...kept, ...later]
  return [
    {
      name: `${name}: a job that is delivered twice unbinds one card, and is reported so twice`,
      ask: () => [
        ...(gateway.unbound(TWIN.user_id) === 1 ? [] : ['the gateway unbound it more than once']),
        ...kept
          .filter((each) => each?.end !== 'done' || !JSON.stringify(each).includes('"unbound"'))
          .map((each) => `the queue keeps ${JSON.stringify(each)}`),
      ],
    },
    {
      name: `${name}: a job that comes again is reported as it ended, and LianLian is asked nothing`,
      ask: () => [
        ...(new Set(all.map((each) => factsOf(each))).size === 1 ? [] : all.map(factsOf)),
        ...(gateway.listed(TWIN.user_id).length === length ? [] : ['the list was queried again']),
      ],
    },
  ]
}

/** What an outcome says, without whose reference it has. */
const factsOf = (kept: Kept | undefined) =>
  JSON.stringify({ ...kept, verdict: { ...Object(kept?.verdict), ref: undefined } })

async function askCases({ name, deduplicates }: Subject, queue: OpenQueue, gateway: Gateway) {
  for (const { data, isBound, plays } of CASES) {
    const user_id = userOf(data)
    gateway.play(user_id, plays)
    if (isBound) gateway.bind(user_id, String(Reflect.get(data, 'no_agree')))
  }
  gateway.bind(TWIN.user_id, TWIN.no_agree)
  const added = await Promise.all(CASES.map(({ data }, number) => addedOf(data, number)))
  const twin = { id: await idOf(TWIN), data: TWIN }
  const again = { ...TWIN, ref: 'two' }
  const twins = [twin, { id: await idOf({ ...TWIN, generation: 'again' }), data: again }]
  await queue.add([...added, ...twins])
  await queue.add([...added.slice(0, 1), twin])
  const kept = await waitFor(queue, added)
  const [first] = CASES
  const lists = gateway.listed(userOf(first?.data ?? {})).length
  return [
    ...CASES.map((each, number) => questionOf(name, each, gateway, kept[number])),
    ...(await askTwin(name, gateway, queue, twins)),
    ...(await askMarks(name, queue.marks)),
    ...(await askSeen(name, queue.seen)),
    {
      name: `${name}: a job that is added twice is ${deduplicates ? 'left out' : 'safe'}`,
      ask: () => (deduplicates && lists > 2 ? [`the list was asked ${lists} times`] : []),
    },
  ]
}

async function askStop({ name }: Subject, queue: OpenQueue, gateway: Gateway): Promise<Question[]> {
  gateway.play(FORGED.user_id, { unbind: ['tampered'] })
  for (const { user_id, no_agree } of [FORGED, ...UNTOUCHED]) gateway.bind(user_id, no_agree)
  const forged = { id: await idOf(FORGED), data: FORGED }
  await queue.add([forged])
  const [kept] = await waitFor(queue, [forged])
  const others = await Promise.all(UNTOUCHED.map(async (data) => ({ id: await idOf(data), data })))
  const stopped = await poll(
    () => queue.isStopped(),
    (isStopped) => isStopped,
  )
  await queue.add(others)
  await delay(QUIET_MS)
  const ends = await Promise.all(others.map((job) => queue.kept(job)))
  const touched = UNTOUCHED.filter(({ user_id }) => gateway.listed(user_id).length > 0)
  return [
    {
      name: `${name}: a forged reply is failed as unknown`,
      ask: () =>
        JSON.stringify(kept).includes('ERR_SIGNATURE_INVALID') && kept?.end === 'failed'
          ? []
          : [`the queue keeps ${JSON.stringify(kept)}`],
    },
    {
      name: `${name}: and stops the worker; no other card is touched, and no job is lost`,
      ask: () => [
        ...(stopped ? [] : ['the worker was not stopped']),
        ...touched.map(({ user_id }) => `${user_id} was touched`),
        ...ends.filter((each) => each !== undefined).map((each) => JSON.stringify(each)),
      ],
    },
  ]
}

/** Holds a queue to the contract. Gives nothing where its server is not installed. */
async function runContract(subject: Subject): Promise<Question[] | undefined> {
  const questions: Question[] = []
  for (const ask of [askCases, askStop]) {
    await using gateway = await startGateway()
    await using queue = await subject.open({ gatewayUrl: gateway.url })
    if (queue === undefined) return undefined
    questions.push(...(await ask(subject, queue, gateway)))
  }
  return questions
}

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
