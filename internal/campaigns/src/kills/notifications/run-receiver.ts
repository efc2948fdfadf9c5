import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { OID_PARTNER } from '@internal/testkit/merchant'
import { type Random, seeded } from '@internal/testkit/random'
import type { Question } from '@internal/testkit/report'
import { merchantKeys, withSign } from '@internal/testkit/signing'

import { inParallel } from '../../in-parallel.ts'
import { openStore, type ReceiverStore, startDatabase, type StoreName } from './stores.ts'

/** How many notifications are sent, and how often their receiver is killed. */
export interface ReceiverSize {
  readonly count: number
  readonly kills: number
}

const WORKER = fileURLToPath(new URL('receiver-worker.ts', import.meta.url))
const CONCURRENCY = 32
const FORGED_SHARE = 0.05
const REPEATED_SHARE = 0.3
const SHOWN = 5

/** A notification, and what was seen of it. */
interface Sent {
  readonly no_order: string
  readonly body: string
  readonly isForged: boolean
  /** How many copies come at the same time. */
  readonly copies: number
  readonly isRepeated: boolean
  /** How often it was stored when it was acknowledged first; undefined before. */
  storedThen?: number
  /** How many of its deliveries ended without a response: the receiver was killed. */
  lost: number
}

function draw(number: number, random: Random): Sent {
  const { gateway, merchant } = merchantKeys()
  const isForged = random() < FORGED_SHARE
  const no_order = `P${number}`
  const members = {
    oid_partner: OID_PARTNER,
    sign_type: 'RSA',
    no_order,
    dt_order: '20240501093015',
    oid_paybill: String(2_024_050_100_000_000 + number),
    money_order: '49.90',
    result_pay: 'SUCCESS',
    pay_type: 'D',
  }
  return {
    no_order,
    body: JSON.stringify(withSign(members, (isForged ? merchant : gateway).pkcs8Pem)),
    isForged,
    copies: 1 + Math.floor(random() * 3),
    isRepeated: random() < REPEATED_SHARE,
    lost: 0,
  }
}

/** A receiver that is started again when it was killed. */
class Receiver implements AsyncDisposable {
  readonly #start: () => ChildProcess
  readonly #store: ReceiverStore
  #worker: ChildProcess
  #url: Promise<string>
  kills = 0

  constructor(start: () => ChildProcess, store: ReceiverStore) {
    this.#start = start
    this.#store = store
    this.#worker = start()
    this.#url = urlOf(this.#worker)
  }

  /** Delivers a body; `undefined` where the receiver died before it responded. */
  async deliver(body: string): Promise<string | undefined> {
    const url = await this.#url
    try {
      const response = await fetch(url, { method: 'POST', body })
      const { ret_code }: { ret_code: string } = JSON.parse(await response.text())
      return ret_code
    } catch {
      return undefined
    }
  }

  /** Kills it in the middle of its work, and starts another one once its leases have ended. */
  kill(): void {
    this.kills += 1
    const old = this.#worker
    const ended = once(old, 'exit')
    old.kill('SIGKILL')
    this.#url = ended.then(async () => {
      await this.#store.endLeases()
      this.#worker = this.#start()
      return urlOf(this.#worker)
    })
  }

  async [Symbol.asyncDispose]() {
    await this.#url
    const ended = once(this.#worker, 'exit')
    this.#worker.kill('SIGKILL')
    await ended
  }
}

async function urlOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('the receiver has no output')
  const [port] = await once(createInterface(stdout), 'line')
  return `http://127.0.0.1:${String(port)}/`
}

/** Sends one notification until it is acknowledged, or once where it is forged. */
async function send(sent: Sent, receiver: Receiver, store: ReceiverStore): Promise<string[]> {
  const problems: string[] = []
  const deliver = async () => {
    const code = await receiver.deliver(sent.body)
    if (code === undefined) sent.lost += 1
    if (code !== '0000') return false
    if (sent.isForged) problems.push(`${sent.no_order} is forged, and was acknowledged`)
    const stored = await store.stored(sent.no_order)
    if (stored === 0) problems.push(`${sent.no_order} was acknowledged before it was stored`)
    sent.storedThen ??= stored
    return true
  }
  let isDone = false
  while (!isDone) {
    const copies = await Promise.all(Array.from({ length: sent.copies }, deliver))
    isDone = sent.isForged || copies.includes(true)
  }
  while (sent.isRepeated && !sent.isForged && !(await deliver())) {
    if (sent.lost > 1000) throw new Error('the receiver does not come back')
  }
  return problems
}

async function judge(sent: Sent, store: ReceiverStore): Promise<string[]> {
  const stored = await store.stored(sent.no_order)
  if (sent.isForged) return stored === 0 ? [] : [`${sent.no_order} is forged, and was stored`]
  return [
    ...(stored === 0 ? [`${sent.no_order} was never stored`] : []),
    ...(stored > (sent.storedThen ?? 0) ? [`${sent.no_order} was delivered again after done`] : []),
    ...(stored > 1 + sent.lost ? [`${sent.no_order} was stored ${stored} times`] : []),
  ]
}

/**
 * Sends notifications to a receiver that is killed again and again. Nothing where the database is not
 * installed.
 */
export async function runReceiver(
  name: StoreName,
  { count, kills }: ReceiverSize,
  seed: number,
): Promise<Question[] | undefined> {
  await using database = await startDatabase(name)
  if (database === undefined) return undefined
  await using store = openStore(name, database.url)
  const random = seeded(seed)
  const all = Array.from({ length: count }, (_, number) => draw(number, random))
  const moments = new Set(
    Array.from({ length: kills }, (_, number) => Math.floor(((number + 0.5) * count) / kills)),
  )
  const startWorker = () =>
    spawn(process.execPath, [...process.execArgv, WORKER], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, STORE: name, SERVER_URL: database.url },
    })
  await using receiver = new Receiver(startWorker, store)
  const problems: string[] = []
  let begun = 0
  await inParallel(all, CONCURRENCY, async (sent) => {
    begun += 1
    const sending = send(sent, receiver, store)
    if (moments.has(begun)) receiver.kill()
    problems.push(...(await sending))
  })
  await inParallel(all, CONCURRENCY, async (sent) => {
    problems.push(...(await judge(sent, store)))
  })
  const lost = all.filter((sent) => sent.lost > 0).length
  console.log(`  ${name}: ${count} notifications, ${receiver.kills} kills, ${lost} met by a kill`)
  return [
    {
      name: `notifications, ${name}: each is stored before it is acknowledged, and none after done, through ${kills} kills`,
      ask: () => [
        ...problems.slice(0, SHOWN),
        ...(receiver.kills === kills ? [] : [`only ${receiver.kills} kills`]),
        ...(lost === 0 ? ['no kill met a delivery'] : []),
      ],
    },
  ]
}
