// POST /setup makes the tables, once; POST /jobs adds jobs, one JSON object a line; GET /outcomes lists
// what was reported. The queue does the rest.
import { checkJob } from '@llpay/core/bulk'
import { isLLPayError } from '@llpay/edge'
import { createMarksTable, toMessage, type MessageBatchLike } from '@llpay/edge/queues'

import type { Env } from './env.ts'
import { handlerFor } from './handler-for.ts'

/** Cloudflare takes a given number of messages at once. */
const MOST = 100

async function addJobs(request: Request, env: Env): Promise<Response> {
  const lines = (await request.text()).trim().split('\n')
  try {
    const messages = lines.map((line) => toMessage(checkJob(JSON.parse(line))))
    for (let start = 0; start < messages.length; start += MOST) {
      await env.JOBS.sendBatch(messages.slice(start, start + MOST))
    }
    return Response.json({ added: messages.length }, { status: 202 })
  } catch (error) {
    if (!isLLPayError(error) && !(error instanceof SyntaxError)) throw error
    return Response.json({ refused: isLLPayError(error) ? error.code : 'no JSON' }, { status: 400 })
  }
}

async function setUp(_: Request, env: Env): Promise<Response> {
  await createMarksTable(env.DB)
  await env.DB.prepare(
    'create table if not exists verdicts (id integer primary key, verdict text)',
  ).run()
  return new Response(null, { status: 204 })
}

async function listVerdicts(_: Request, env: Env): Promise<Response> {
  const { results } = await env.DB.prepare('select verdict from verdicts order by id').all()
  return new Response(results.map(({ verdict }) => `${verdict}\n`).join(''))
}

const ROUTES = new Map([
  ['POST /setup', setUp],
  ['POST /jobs', addJobs],
  ['GET /verdicts', listVerdicts],
])

const worker = {
  async fetch(request: Request, env: Env): Promise<Response> {
    // Compare digests where an attacker can measure the time: see examples/worker.
    const isAllowed = request.headers.get('authorization') === `Bearer ${env.API_TOKEN}`
    if (!isAllowed) return new Response(null, { status: 401 })
    const route = ROUTES.get(`${request.method} ${new URL(request.url).pathname}`)
    return route === undefined ? new Response(null, { status: 404 }) : route(request, env)
  },
  queue: (batch: MessageBatchLike, env: Env) => handlerFor(env)(batch),
}

// oxlint-disable-next-line import/no-default-export -- Workers look for one
export default worker
