import { loadPart } from '@llpay/core/adapter'

import type { Backend, BackendName } from './backend.ts'
import { nodeBackend } from './node.ts'
import { webcryptoBackend } from './webcrypto.ts'

type Loader = () => Backend | undefined | Promise<Backend>

/** The arithmetic is a chunk of its own, so that whoever has a native backend never loads it. */
async function loadBigInt(): Promise<Backend> {
  const { bigintBackend } = await loadPart(
    'The arithmetic',
    () => import('./bigint/bigint-backend.ts'),
  )
  return bigintBackend()
}

const LOADERS: Readonly<Record<BackendName, Loader>> = {
  webcrypto: webcryptoBackend,
  node: nodeBackend,
  bigint: loadBigInt,
}

/** Gets a backend; `undefined` where the runtime has no such API. */
export async function loadBackend(name: BackendName): Promise<Backend | undefined> {
  return LOADERS[name]()
}
