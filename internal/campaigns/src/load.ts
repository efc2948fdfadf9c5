// Usage: node --expose-gc --max-semi-space-size=8 load.ts [--seconds 60] [--callers 64]
// V8 doubles its young generation when it is busy; with a fixed one, resident memory means something.
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import { OID_PARTNER } from '@internal/testkit/merchant'
import { report } from '@internal/testkit/report'
import { merchantKeys } from '@internal/testkit/signing'
import type { Client } from '@llpay/core'
import { createClient } from '@llpay/node'

import { startGateway } from './gateway/start-gateway.ts'
import { inParallel } from './in-parallel.ts'

const MIB = 1_048_576

/** What a process holds, in MiB. */
interface Memory {
  readonly resident: number
  /** Objects that are in use, right after a full collection. */
  readonly live: number
}

/** Collects what is unused, and measures the rest. Node must run with --expose-gc. */
function measureMemory(): Memory {
  if (globalThis.gc === undefined) throw new Error('run this with node --expose-gc')
  globalThis.gc()
  const { rss, heapUsed, external } = process.memoryUsage()
  return { resident: rss / MIB, live: (heapUsed + external) / MIB }
}

/** Something a caller does again and again, and the only ending that is right. */
interface Job {
  readonly name: string
  /** How the gateway's book calls the request that it ends with. */
  readonly booked: string
  readonly run: (client: Client, caller: number, round: number) => Promise<boolean>
}

const agreementOf = (caller: number, round: number) =>
  String(2_014_031_700_000_000 + caller * 1_000_000 + round)

/** What the callers do in turn. Cards of customers whose number begins with "kept" are there. */
const JOBS: readonly [Job, ...Job[]] = [
  {
    name: 'unbind',
    booked: 'card.unbind 0000',
    run: async (client, caller, round) => {
      const no_agree = agreementOf(caller, round)
      const result = await client.card.unbind({
        user_id: `kept-${caller}`,
        no_agree,
        pay_type: 'D',
      })
      return result.outcome === 'unbound' && result.evidence === 'signed-reply'
    },
  },
  {
    name: 'unbind a card that is not bound',
    booked: 'card.unbind 3003',
    run: async (client, caller, round) => {
      const params = { user_id: `none-${caller}`, no_agree: agreementOf(caller, round) }
      const error: unknown = await client.card.unbind(params).catch((reason: unknown) => reason)
      return error instanceof Error && Reflect.get(error, 'returnCode') === '3003'
    },
  },
  {
    name: "list a customer's card",
    booked: 'card.list 0000',
    run: async (client, caller) => {
      const user_id = `kept-list-${caller}`
      const no_agree = agreementOf(caller, 0)
      const { fields } = await client.card.list({ user_id, no_agree, pay_type: 'D' })
      return fields.user_id === user_id && fields.agreement_list?.[0]?.no_agree === no_agree
    },
  },
]

/** What a load came to. */
interface Load {
  readonly started: number
  readonly ended: number
  readonly wrong: readonly string[]
  readonly seconds: number
  /** After a tenth of the time, and in the end. */
  readonly early: Memory
  readonly late: Memory
  /** By kind: how many calls ended well, and how many requests the gateway booked. */
  readonly booked: readonly {
    readonly name: string
    readonly told: number
    readonly book: number
  }[]
}

const TENTH = 0.1

/** Calls a gateway in its own process, from many callers for a given time. */
async function runLoad(callers: number, seconds: number): Promise<Load> {
  await using gateway = await startGateway('--keep-bound')
  const { merchant, gateway: own } = merchantKeys()
  const client = createClient({
    oidPartner: OID_PARTNER,
    privateKey: merchant.pkcs8Pem,
    gatewayPublicKey: own.spkiPem,
    baseUrl: gateway.url,
  })
  const count = { started: 0, ended: 0 }
  const wrong: string[] = []
  const told = new Map<string, number>()
  const begun = performance.now()
  const passed = () => (performance.now() - begun) / 1000
  const early = delay(seconds * TENTH * 1000).then(measureMemory)
  await inParallel(Array.from({ length: callers }).keys(), callers, async (caller) => {
    for (let round = 0; passed() < seconds; round += 1) {
      const job = JOBS[round % JOBS.length] ?? JOBS[0]
      count.started += 1
      const right = await job.run(client, caller, round).catch((error: unknown) => {
        wrong.push(`${job.name}: ${String(error)}`)
      })
      count.ended += 1
      if (right === true) told.set(job.booked, (told.get(job.booked) ?? 0) + 1)
      if (right === false) wrong.push(`${job.name}: another ending than the one that is right`)
    }
  })
  const late = measureMemory()
  const codes: Record<string, number> = JSON.parse(await gateway.ask('/codes'))
  const booked = JOBS.map(({ name, booked: key }) => ({
    name,
    told: told.get(key) ?? 0,
    book: codes[key] ?? 0,
  }))
  return { ...count, wrong, seconds: passed(), early: await early, late, booked }
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    callers: { type: 'string', default: '64' },
  },
})
/** By how many MiB each may be more in the end than after a tenth of the time. */
const MAX_GROWTH = { live: 8, resident: 64 } as const
const SHOWN = 5

const load = await runLoad(Number(values.callers), Number(values.seconds))
const { started, ended, wrong, early, late, booked } = load
console.log(
  `${values.callers} callers, ${load.seconds.toFixed(1)} s: ${ended} calls, ${Math.round(ended / load.seconds)}/s, ${started - ended} lost`,
)
for (const kind of ['live', 'resident'] as const) {
  console.log(
    `${kind} memory: ${early[kind].toFixed(0)} MiB after a tenth, ${late[kind].toFixed(0)} MiB in the end`,
  )
}
for (const { name, told, book } of booked) console.log(`  ${name}: ${told} told, ${book} booked`)

await report('load', [
  { name: 'no reply was lost', ask: () => (ended === started ? [] : [`${started - ended} were`]) },
  {
    name: 'every call ended as it should',
    ask: () => (wrong.length === 0 ? [] : [`${wrong.length} did not`, ...wrong.slice(0, SHOWN)]),
  },
  {
    name: "what was reported is what the gateway's book says",
    ask: () =>
      booked
        .filter(({ told, book }) => told !== book || told === 0)
        .map(({ name, told, book }) => `${name}: ${told} told, ${book} booked`),
  },
  ...(['live', 'resident'] as const).map((kind) => ({
    name: `${kind} memory grows by at most ${MAX_GROWTH[kind]} MiB`,
    ask: () => {
      const growth = late[kind] - early[kind]
      return growth <= MAX_GROWTH[kind] ? [] : [`it grew by ${growth.toFixed(1)} MiB`]
    },
  })),
])
