import { generateKeyPairSync } from 'node:crypto'

import { startGateway } from '../gateway/start-gateway.ts'
import { cpuPerCall } from '../measure/cost.ts'
import { interleave } from '../measure/interleave.ts'
import type { Bench, Row } from '../measure/result.ts'
import { ours } from '../peers/callers.ts'

const KEY = 'k1024'
const MEGABYTE = 1024 * 1024
const IN_FLIGHT = [1, 10, 100, 1_000]

const resident = () => process.memoryUsage().rss / MEGABYTE

/** Resident memory over many calls, and the cost of a call by how many are in flight. */
export const benchMemory: Bench = async function* ({ short }) {
  using gateway = await startGateway([KEY])
  const merchant = generateKeyPairSync('rsa', { modulusLength: 1024 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
  const call = ours({ port: gateway.port, key: KEY, merchant })
  const step = short ? 500 : 10_000
  await cpuPerCall(step, 16, call)
  const residentRows: Row[] = []
  const heapRows: Row[] = []
  let made = 1
  for (const times of [1, 2, 5, 10]) {
    await cpuPerCall((times - made) * step, 16, call)
    made = times
    const role = times === 1 ? 'limit' : times === 10 ? 'ours' : 'peer'
    const about = { name: `after ${times * step} calls`, role } as const
    residentRows.push({ ...about, value: resident() })
    await globalThis.gc?.({ execution: 'async' })
    heapRows.push({ ...about, value: process.memoryUsage().heapUsed / MEGABYTE })
  }
  yield { title: 'memory: resident, 16 in flight', unit: 'MB', rows: residentRows }
  yield { title: 'memory: heap after a collection', unit: 'MB', rows: heapRows }
  const scale = await interleave(
    IN_FLIGHT.map((inFlight, index) => ({
      name: `${inFlight} in flight`,
      role: index === 0 ? 'limit' : index === IN_FLIGHT.length - 1 ? 'ours' : 'peer',
      sample: () => cpuPerCall(short ? 300 : 2_000, inFlight, call),
    })),
    short ? 5 : 9,
  )
  yield { title: 'memory: cost of a call, 1024 bits', unit: 'µs of CPU', rows: scale }
}
