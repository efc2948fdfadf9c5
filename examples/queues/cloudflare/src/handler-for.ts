import { createUnbindProcessor } from '@llpay/core/bulk'
import { createCaller } from '@llpay/edge/caller'
import { createUnbindHandler, d1Marks, type MessageBatchLike } from '@llpay/edge/queues'

import type { Env } from './env.ts'

type Handler = (batch: MessageBatchLike) => Promise<void>

const handlers = new WeakMap<Env, Handler>()
const HEX_PAIR = /../g

function createHandler(env: Env): Handler {
  const oidPartner = env.LLPAY_OID_PARTNER
  const caller = createCaller({
    oidPartner,
    privateKey: env.LLPAY_PRIVATE_KEY,
    gatewayPublicKey: env.LLPAY_GATEWAY_KEY,
    baseUrl: env.LLPAY_BASE_URL,
  })
  const jobIdKey = Uint8Array.from(env.LLPAY_JOB_ID_KEY.match(HEX_PAIR) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  )
  const processor = createUnbindProcessor(caller, { oidPartner, jobIdKey, marks: d1Marks(env.DB) })
  return createUnbindHandler(processor, {
    failed: env.FAILED,
    maxTries: 50,
    // Cloudflare keeps no results. An outcome may be here twice, and a final one is the same each time.
    async onVerdict(verdict) {
      const insert = env.DB.prepare('insert into verdicts (verdict) values (?1)')
      await insert.bind(JSON.stringify(verdict)).run()
    },
    // Then: npx wrangler queues pause-delivery unbind
    onStop: (verdict) => console.error('stopped', JSON.stringify(verdict)),
    onError: console.error,
  })
}

/** Makes the handler once, and keeps it: it remembers that it was stopped. */
export function handlerFor(env: Env): Handler {
  const handler = handlers.get(env) ?? createHandler(env)
  handlers.set(env, handler)
  return handler
}
