import { OID_PARTNER } from '@internal/testkit/merchant'
import { createUnbindProcessor, type SentMarks } from '@llpay/core/bulk'
import type { SeenStore } from '@llpay/core/notifications'
import { createClient } from '@llpay/edge'
import { createSeenTable, d1Seen } from '@llpay/edge/notifications'
import {
  createMarksTable,
  createUnbindHandler,
  d1Marks,
  type D1Like,
  type FailedJob,
  type MessageBatchLike,
  type QueueLike,
} from '@llpay/edge/queues'

import { EARLIER_TABLES } from '../contract/stores.ts'
import { hurried, JOB_ID_KEY, MAX_TRIES, type Kept } from '../contract/subject.ts'

// The Worker of the contract suite: it sends to the queue what it is given, consumes it, and tells what
// it knows. It runs in one isolate, whose memory is the record.

interface Env {
  readonly JOBS: { sendBatch(messages: readonly object[]): Promise<unknown> }
  readonly FAILED: QueueLike
  readonly DB: D1Like
  readonly GATEWAY_URL: string
  readonly PRIVATE_KEY: string
  readonly GATEWAY_KEY: string
}

type Handler = (batch: MessageBatchLike) => Promise<void>

const record: { readonly kept: Record<string, Kept>; stopped: boolean } = {
  kept: {},
  stopped: false,
}
let handler: Handler | undefined
let isPrepared = false

const keep = (end: Kept['end'], { job, verdict }: FailedJob) => {
  record.kept[JSON.stringify(job)] ??= { end, verdict }
}

function createHandler(env: Env): Handler {
  const client = createClient({
    oidPartner: OID_PARTNER,
    privateKey: env.PRIVATE_KEY,
    gatewayPublicKey: env.GATEWAY_KEY,
    baseUrl: env.GATEWAY_URL,
    retry: 0,
    timeoutMs: 60_000,
  })
  const options = { oidPartner: OID_PARTNER, jobIdKey: JOB_ID_KEY, marks: d1Marks(env.DB) }
  return createUnbindHandler(hurried(createUnbindProcessor(client, options)), {
    failed: env.FAILED,
    maxTries: MAX_TRIES,
    onVerdict(verdict, job) {
      if (verdict.outcome === 'unbound' || verdict.outcome === 'not-bound') {
        keep('done', { job, verdict })
      }
    },
    onStop() {
      record.stopped = true
    },
  })
}

const isFailedJob = (body: unknown): body is FailedJob =>
  typeof body === 'object' && body !== null && 'job' in body && 'verdict' in body

/** The tables of earlier versions, which the marks take over. */
async function createTables({ DB }: Env): Promise<void> {
  if (isPrepared) return
  isPrepared = true
  for (const statement of EARLIER_TABLES) await DB.prepare(statement).run()
  await createMarksTable(DB)
  await createMarksTable(DB)
  await createSeenTable(DB)
  await createSeenTable(DB)
}

/** Does with the marks what the suite asks for. */
async function useMarks(request: Request, { DB }: Env): Promise<Response> {
  const { method, given }: { method: keyof SentMarks; given: [string, string, number?] } =
    JSON.parse(await request.text())
  return Response.json({ value: await d1Marks(DB)[method](...given) })
}

/** Does with what remembers notifications what the suite asks for. */
async function useSeen(request: Request, { DB }: Env): Promise<Response> {
  const { method, key, given }: { method: keyof SeenStore; key: string; given: string | number } =
    JSON.parse(await request.text())
  const seen = d1Seen(DB)
  if (method === 'claim') return Response.json({ value: await seen.claim(key, Number(given)) })
  return Response.json({ value: (await seen[method](key, String(given))) ?? null })
}

/** The Worker. */
export const worker = {
  async fetch(request: Request, env: Env): Promise<Response> {
    if (new URL(request.url).pathname === '/marks') return useMarks(request, env)
    if (new URL(request.url).pathname === '/seen') return useSeen(request, env)
    if (request.method === 'POST') {
      await createTables(env)
      const jobs: unknown[] = JSON.parse(await request.text())
      await env.JOBS.sendBatch(jobs.map((body) => ({ body, contentType: 'json' })))
    }
    return Response.json(record)
  },
  async queue(batch: MessageBatchLike & { readonly queue: string }, env: Env): Promise<void> {
    handler ??= createHandler(env)
    if (batch.queue === 'jobs') return handler(batch)
    for (const { body } of batch.messages) if (isFailedJob(body)) keep('failed', body)
  },
}
