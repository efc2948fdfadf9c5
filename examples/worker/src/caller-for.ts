import { createCaller, type Caller } from '@llpay/edge/caller'

import type { Env } from './env.ts'

const callers = new WeakMap<Env, Caller>()

/** Makes a caller of the Worker's secrets, and keeps it: reading keys costs more than signing. */
export function callerFor(env: Env): Caller {
  const known = callers.get(env)
  if (known !== undefined) return known
  const caller = createCaller({
    oidPartner: env.LLPAY_OID_PARTNER,
    privateKey: env.LLPAY_PRIVATE_KEY,
    gatewayPublicKey: env.LLPAY_GATEWAY_KEY,
    baseUrl: env.LLPAY_BASE_URL,
    timeoutMs: Number(env.LLPAY_TIMEOUT_MS ?? 20_000),
    // workerd shares connections between requests, so that a late reply to one could pass for the reply
    // to another: LianLian's list is queried before and after each change.
    settle: 'always',
  })
  callers.set(env, caller)
  return caller
}
