import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'

import { listenLocally } from '@internal/testkit/local-server'
import { createTestSandbox } from '@internal/testkit/sandbox'

import { Gateway, type Addresses, type CardPlan } from './gateway.ts'

// Usage: main.ts [--keep-bound] serves a sandbox until standard input ends. With --keep-bound the
// cards of customers whose number begins with "kept" are bound again before each request.
/** How many requests came to each return code, by endpoint and code. */
const codes: Record<string, number> = {}
const sandbox = createTestSandbox({
  onRequest({ api, ret_code }) {
    if (ret_code === null) return
    const key = `${api} ${ret_code}`
    codes[key] = (codes[key] ?? 0) + 1
  },
})

function keepBound(_: string, body: Buffer): void {
  const { oid_partner, user_id, no_agree, pay_type } = JSON.parse(body.toString())
  if (!String(user_id).startsWith('kept')) return
  sandbox.state.cards.bind({ oid_partner, user_id, no_agree, pay_type })
}

const keeps = process.argv.includes('--keep-bound')
const gateway = new Gateway(sandbox, keeps ? keepBound : () => undefined)

/** What the campaign may ask, once nothing is being worked on any more. */
const QUESTIONS: Readonly<Record<string, (body: string) => unknown>> = {
  '/open': (body) => {
    const plans: CardPlan[] = JSON.parse(body)
    gateway.ledger.open(plans)
    return plans.length
  },
  '/truth': () => gateway.ledger.truth(),
  '/codes': () => codes,
  '/progress': () => gateway.ledger.begun(),
  '/limit': (body) => gateway.ledger.limit(JSON.parse(body) ?? Infinity),
}

/** What may be asked while requests are being worked on. */
const AT_ONCE = ['/progress', '/limit']

async function untilIdle(): Promise<void> {
  while (gateway.busy > 0) await delay(20)
}

const control = createServer((request, response) => {
  const answer = async () => {
    const body = await text(request)
    if (!AT_ONCE.includes(request.url ?? '')) await untilIdle()
    response.end(JSON.stringify(QUESTIONS[request.url ?? '']?.(body) ?? null))
  }
  void answer()
})

await gateway.listen()
const { url } = await listenLocally(control, 'http')
const addresses: Addresses = { url: gateway.url, control: url }
console.log(JSON.stringify(addresses))
process.stdin.once('end', () => process.exit(0)).resume()
