import { unpackPackages } from '@internal/runtimes'
import { bundleModule } from '@internal/runtimes/bundle'
import { startWorkerd } from '@internal/runtimes/workerd'
import { vectorKey } from '@internal/vectors'

import { FASTEST } from '../measure/fastest.ts'
import { interleave, type Contender } from '../measure/interleave.ts'
import type { Group } from '../measure/result.ts'
import { temporaryFolder } from '../measure/temporary-folder.ts'

const WORKER = `export { worker as default } from './bench/signing-worker.ts'`
const BACKENDS: readonly (readonly [Contender['role'], string, string])[] = [
  ['limit', 'node', 'node:crypto'],
  ['ours', 'webcrypto', 'WebCrypto'],
  ['peer', 'bigint', 'BigInt'],
]
const SIGNATURES = 40

async function timeOf(url: string): Promise<number> {
  const started = performance.now()
  const text = await (await fetch(url)).text()
  if (text !== 'signed') throw new Error('the Worker did not sign')
  return performance.now() - started
}

/** A signature by each backend inside workerd, whose clocks stand still: timed from outside, less a request without any. */
export async function benchWorkerd(id: string, rounds: number): Promise<Group> {
  using folder = temporaryFolder()
  await using server = await startWorkerd({
    folder: folder.path,
    module: await bundleModule(WORKER, unpackPackages(['core', 'edge'])),
    compatibilityFlags: ['nodejs_compat'],
    bindings: { LLPAY_PRIVATE_KEY: vectorKey(id).pkcs8Pem },
  })
  const rows = await interleave(
    BACKENDS.map(([role, backend, name]) => ({
      role,
      name,
      sample: async () => {
        const without = await timeOf(`${server.url}/${backend}/0`)
        const time = await timeOf(`${server.url}/${backend}/${SIGNATURES}`)
        return Math.max(0, time - without) / SIGNATURES
      },
    })),
    rounds,
    FASTEST,
  )
  const { bits } = vectorKey(id)
  return { title: `edge: backends in workerd, ${bits} bits`, unit: 'ms per signature', rows }
}
