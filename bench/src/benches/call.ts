import { generateKeyPairSync } from 'node:crypto'

import { startGateway } from '../gateway/start-gateway.ts'
import { cpuPerCall } from '../measure/cost.ts'
import { interleave, type Contender } from '../measure/interleave.ts'
import type { Bench } from '../measure/result.ts'
import {
  alipay,
  keptAlive,
  limit,
  ours,
  plainFetch,
  rsaAlone,
  stripe,
  wechat,
  type Call,
  type Place,
} from '../peers/callers.ts'

const KEYS = [
  { key: 'k1024', bits: 1024 },
  { key: 'k2048', bits: 2048 },
] as const
const IN_FLIGHT = [1, 16, 64]
const GOAL = 1.15
/** Until every contender is compiled. */
const WARM_UP = 4

const SIGNS_NOTHING = 'stripe (signs nothing)'

const CALLERS: readonly (readonly [Contender['role'], string, (place: Place) => Call])[] = [
  ['limit', 'undici.request + cached RSA', limit],
  ['ours', 'llpay', ours],
  ['peer', 'the limit on kept-alive connections', keptAlive],
  ['peer', 'plain fetch + node:crypto', plainFetch],
  ['part', 'RSA alone, cached keys', rsaAlone],
  ['peer', SIGNS_NOTHING, stripe],
  ['peer', 'alipay-sdk, verifying', alipay],
  ['peer', 'wechatpay-axios-plugin', wechat],
]

const newKey = (modulusLength: number) =>
  generateKeyPairSync('rsa', { modulusLength })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()

/**
 * CPU of full calls on loopback, of all threads of the client's process. llpay and the limit open a
 * connection for each call; the others keep theirs.
 */
export const benchCall: Bench = async function* ({ short }) {
  using gateway = await startGateway(KEYS.map(({ key }) => key))
  const keys = short ? KEYS.slice(1) : KEYS
  for (const { key, bits } of keys) {
    const place = { port: gateway.port, key, merchant: newKey(bits) }
    const calls = CALLERS.map(([role, name, make]) => ({ role, name, call: make(place) }))
    for (const inFlight of short ? [16] : IN_FLIGHT) {
      const count = short ? 600 : 1_000
      const rows = await interleave(
        calls.map(({ call, ...about }) => ({
          ...about,
          ...(about.name === SIGNS_NOTHING ? { signs: false } : {}),
          sample: () => cpuPerCall(count, inFlight, call),
        })),
        short ? 7 : 11,
        { warmUp: WARM_UP },
      )
      const title = `call, ${bits} bits, ${inFlight} in flight`
      yield { title, unit: 'µs of CPU per call', rows, goal: GOAL }
    }
  }
}
