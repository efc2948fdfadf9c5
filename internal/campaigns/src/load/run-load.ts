import { setTimeout as delay } from 'node:timers/promises'

import { createClient } from '@llpay/node'

import { startGateway } from '../gateway/start-gateway.ts'
import { inParallel } from '../in-parallel.ts'
import { keys, OID_PARTNER } from '../merchant.ts'
import { JOBS } from './job.ts'
import { measureMemory, type Memory } from './memory.ts'

/** What a load came to. */
export interface Load {
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
export async function runLoad(callers: number, seconds: number): Promise<Load> {
  await using gateway = await startGateway('--keep-bound')
  const { merchant, gateway: own } = keys()
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
