import { createClient, createSigner } from '@llpay/edge'

import { failureOf } from './case.ts'
import { readsBehindContinue, sendsChangesOnce, separatesConnections } from './connections.ts'
import { data, keyOf } from './data.ts'
import { CARD, merchant } from './merchant.ts'

const works = (promise: Promise<unknown>): Promise<boolean> =>
  promise.then(
    () => true,
    () => false,
  )

const signsMd5 = (backend: 'webcrypto' | 'node') =>
  works(createSigner(keyOf('k1024').pkcs8Pem, 'MD5withRSA', { backend }))

/** What some runtime lacks, and how to find out. */
const QUESTIONS = {
  'MD5 in WebCrypto': () => signsMd5('webcrypto'),
  'node:crypto': () => signsMd5('node'),
  // Sandbox keys have it: where it is refused, they need the next backend.
  'exponent 65539 in WebCrypto': () =>
    works(createSigner(data().sandboxKey.privatePem, 'SHA256withRSA', { backend: 'webcrypto' })),
  process: async () => 'process' in globalThis,
  'AbortSignal.any': async () => 'any' in AbortSignal,
  'Uint8Array.fromBase64': async () => 'fromBase64' in Uint8Array,
  'errors that tell a refused connection': async () => {
    const client = createClient(merchant({ baseUrl: data().closedUrl }))
    return (await failureOf(client.card.unbind(CARD))).delivered === 'no'
  },
  'a connection of its own for each request': separatesConnections,
  'changes that are sent once': sendsChangesOnce,
  'replies behind a 100 Continue': readsBehindContinue,
} as const

/** Something that a runtime can lack. */
export type Lack = keyof typeof QUESTIONS

/** Finds out what the runtime lacks, by trying. */
export async function findLacks(): Promise<string[]> {
  const lacks: string[] = []
  for (const [name, has] of Object.entries(QUESTIONS)) if (!(await has())) lacks.push(name)
  return lacks
}
