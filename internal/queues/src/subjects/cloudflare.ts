import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { startWorkerd } from '@internal/runtimes/workerd'
import { vectorKey } from '@internal/vectors'
import type { SentMarks } from '@llpay/core/bulk'
import type { SeenStore } from '@llpay/core/notifications'

import type { Kept, Subject } from '../contract/subject.ts'
import { bundle, queuePlatform } from '../workerd/platform.ts'

const WORKER = fileURLToPath(new URL('../workerd/contract-worker.ts', import.meta.url))
const DELIVERY = { maxBatchSize: 10, maxBatchTimeout: 1, maxRetries: 100, maxConcurrency: 1 }

interface Record {
  readonly kept: { readonly [job: string]: Kept }
  readonly stopped: boolean
}

/**
 * Cloudflare Queues in workerd, with the queue that workerd itself brings: batches, acknowledgement,
 * delays and attempts are Cloudflare's code, and so is D1. What runs in Cloudflare's data centres is
 * not this.
 */
export const cloudflare: Subject = {
  name: 'Cloudflare Queues in workerd',
  deduplicates: false,
  async open({ gatewayUrl }) {
    const folder = await mkdtemp(join(tmpdir(), 'llpay-queues-'))
    const worker = await startWorkerd({
      folder,
      module: await bundle(WORKER, 'worker'),
      compatibilityFlags: ['no_nodejs_compat', 'no_nodejs_compat_v2'],
      bindings: {
        GATEWAY_URL: gatewayUrl,
        PRIVATE_KEY: vectorKey('k2048').pkcs8Pem,
        GATEWAY_KEY: vectorKey('k1024').spkiPem,
      },
      platform: queuePlatform(DELIVERY, DELIVERY),
    })
    const ask = async (): Promise<Record> => {
      const response = await fetch(worker.url)
      const record: Record = JSON.parse(await response.text())
      return record
    }
    const use = async <T>(path: string, what: object): Promise<T> => {
      const body = JSON.stringify(what)
      const response = await fetch(new URL(path, worker.url), { method: 'POST', body })
      const { value }: { value: T } = JSON.parse(await response.text())
      return value
    }
    const useMarks = <T>(method: keyof SentMarks, ...given: unknown[]) =>
      use<T>('/marks', { method, given })
    const useSeen = <T>(method: keyof SeenStore, key: string, given: unknown) =>
      use<T>('/seen', { method, key, given })
    return {
      marks: {
        has: (job) => useMarks('has', job),
        add: (job) => useMarks('add', job),
        outcomeOf: (job) => useMarks('outcomeOf', job),
        keepOutcome: (job, ...given) => useMarks('keepOutcome', job, ...given),
      },
      seen: {
        claim: (key, leaseMs) => useSeen('claim', key, leaseMs),
        done: (key, token) => useSeen('done', key, token),
        async release(key, token) {
          await useSeen('release', key, token)
        },
      },
      async add(jobs) {
        const body = JSON.stringify(jobs.map(({ data }) => data))
        const { ok } = await fetch(worker.url, { method: 'POST', body })
        if (!ok) throw new Error('the Worker did not take the jobs')
      },
      kept: async ({ data }) => (await ask()).kept[JSON.stringify(data)],
      isStopped: async () => (await ask()).stopped,
      async [Symbol.asyncDispose]() {
        await worker[Symbol.asyncDispose]()
        await rm(folder, { recursive: true, force: true })
      },
    }
  },
}
