import { createPrivateKey, sign, type KeyObject } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'

import { vectorKey } from '@internal/vectors'
import { createSigner } from '@llpay/node'

import { interleave, type Contender } from '../measure/interleave.ts'
import type { Bench, Row } from '../measure/result.ts'

const MESSAGE = Buffer.from(
  'no_agree=2014031710002121&oid_partner=201304121000001004&sign_type=RSA',
)
const NANOSECONDS = 1e6

type Sign = () => Promise<unknown>

const onTheLoop =
  (key: KeyObject): Sign =>
  async () =>
    sign('md5', MESSAGE, key)
const onThePool =
  (key: KeyObject): Sign =>
  () =>
    new Promise((resolve, reject) => {
      sign('md5', MESSAGE, key, (error, signature) => (error ? reject(error) : resolve(signature)))
    })

/** Signs many times, several at once; returns signatures per second, and the loop's longest delay. */
async function load(signOnce: Sign, count: number, inFlight: number) {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const started = performance.now()
  let left = count
  const worker = async () => {
    while (left > 0) {
      left -= 1
      await signOnce()
      // As a call has it: the request goes out between two signatures.
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
    }
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  const seconds = (performance.now() - started) / 1_000
  delay.disable()
  return { perSecond: count / seconds, delayMs: delay.percentile(99) / NANOSECONDS }
}

/** Both forms of `crypto.sign`: what they give, and how long nothing else gets its turn. */
export const benchLoop: Bench = async function* ({ short }) {
  const { pkcs8Pem } = vectorKey('k2048')
  const key = createPrivateKey(pkcs8Pem)
  const signer = await createSigner(pkcs8Pem, 'MD5withRSA')
  for (const inFlight of short ? [16] : [1, 16, 64]) {
    const delays = new Map<string, number[]>()
    const contender = (name: string, role: Row['role'], signOnce: Sign): Contender => ({
      name,
      role,
      async sample() {
        const { perSecond, delayMs } = await load(signOnce, short ? 100 : 400, inFlight)
        delays.set(name, [...(delays.get(name) ?? []), delayMs])
        return perSecond
      },
    })
    const rows = await interleave(
      [
        contender('llpay: one per turn on the loop', 'ours', () => signer.sign(MESSAGE)),
        contender('all on the event loop', 'peer', onTheLoop(key)),
        contender('all on the thread pool', 'peer', onThePool(key)),
      ],
      short ? 3 : 7,
    )
    yield {
      title: `loop: signing, 2048 bits, ${inFlight} in flight`,
      unit: 'signatures per second',
      rows,
    }
    const delayRows = rows.map(({ name, role }) => {
      const all = (delays.get(name) ?? []).toSorted((a, b) => a - b)
      return { name, role, value: all[Math.floor(all.length / 2)] ?? 0 }
    })
    yield {
      title: `loop: its delay meanwhile, ${inFlight} in flight`,
      unit: 'ms, 99th percentile',
      rows: delayRows,
    }
  }
}
