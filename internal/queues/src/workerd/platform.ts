import { dirname } from 'node:path'

import type { Platform } from '@internal/runtimes/workerd'
import { build } from 'esbuild'

/**
 * Bundles a Worker with the built packages, as wrangler would.
 *
 * @param name what the Worker is exported as.
 */
export async function bundle(entry: string, name = 'default'): Promise<string> {
  const contents = `export { ${name} as default } from ${JSON.stringify(entry)}`
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: dirname(entry) },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['workerd', 'worker'],
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

/** How the queue delivers, in the words of Cloudflare's configuration. */
export interface Delivery {
  readonly maxBatchSize: number
  /** In seconds. */
  readonly maxBatchTimeout: number
  readonly maxRetries: number
  readonly maxConcurrency: number
}

const text = (value: unknown) => JSON.stringify(JSON.stringify(value))

const queue = (binding: string, name: string) =>
  `(name = "${binding}", queue = (name = "queues", props = (json = ${text({ queue: name })})))`

const DATABASE = `(name = "DB", wrapped = (
    moduleName = "cloudflare-internal:d1-api",
    innerBindings = [
      (name = "fetcher", service = (name = "d1", props = (json = ${text({ database: 'llpay' })}))),
    ],
  ))`

const SERVICES = `
    (name = "queues", worker = .queues),
    (name = "d1", worker = .d1),
    (name = "disk", disk = (path = ".", writable = true)),`

/** A Worker of workerd's own that keeps what it keeps in Durable Objects. */
const bundled = (name: string, className: string, binding: string, bindings = '') => `
const ${name} :Workerd.Worker = (
  modules = [(name = "${name}.js", bundled = "/workerd/${name}.js")],
  compatibilityDate = "2026-11-01",
  compatibilityFlags = ["service_binding_extra_handlers"],
  durableObjectNamespaces = [
    (className = "${className}", uniqueKey = "llpay-${name}", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "disk"),
  bindings = [(name = "${binding}", durableObjectNamespace = "${className}"), ${bindings}],
);
`

/** Gives a Worker the queues JOBS and FAILED, which it consumes as it says, and the database DB. */
export function queuePlatform(jobs: Delivery, failed?: Delivery): Platform {
  const consumers = {
    jobs: { consumer: 'consumer', ...jobs },
    ...(failed === undefined ? {} : { failed: { consumer: 'consumer', ...failed } }),
  }
  const more = `(name = "CONSUMERS", json = ${text(consumers)}), (name = "consumer", service = "main")`
  return {
    services: SERVICES,
    bindings: [queue('JOBS', 'jobs'), queue('FAILED', 'failed'), DATABASE].join(', '),
    constants: `${bundled('queues', 'QueueShard', 'SHARD', more)}${bundled('d1', 'D1Database', 'DATABASE')}`,
  }
}
