import { bossWorkOptions, createUnbindHandler, postgresMarks } from '@llpay/node/pg-boss'
import { Pool } from 'pg'
import { PgBoss } from 'pg-boss'

import { CONCURRENCY, createWorkerProcessor, MAX_TRIES, noteVerdict } from './worker-client.ts'

// A worker that is killed: it must not be asked for anything, and nothing is tidied up.
const url = process.env['SERVER_URL'] ?? ''
const processor = await createWorkerProcessor(postgresMarks(new Pool({ connectionString: url })))
const boss = new PgBoss({
  connectionString: url,
  schedule: false,
  superviseIntervalSeconds: 1,
  monitorIntervalSeconds: 1,
})
boss.on('error', console.error)
await boss.start()
const handler = createUnbindHandler(boss, processor, {
  maxTries: MAX_TRIES,
  onVerdict: noteVerdict,
  onError: console.error,
})
const options = {
  ...bossWorkOptions,
  batchSize: 2,
  localConcurrency: CONCURRENCY,
  pollingIntervalSeconds: 0.5,
}
await boss.work('unbind', options, handler)
