import { unbind } from '@llpay/core/apis/card'
import { createCaller } from '@llpay/edge/caller'

interface Secrets {
  readonly LLPAY_PRIVATE_KEY: string
  readonly LLPAY_GATEWAY_KEY: string
}

/** The least that a Worker needs to unbind a card; what it bundles to is measured. */
export const worker = {
  async fetch(request: Request, env: Secrets): Promise<Response> {
    const caller = createCaller({
      oidPartner: '201304121000001004',
      privateKey: env.LLPAY_PRIVATE_KEY,
      gatewayPublicKey: env.LLPAY_GATEWAY_KEY,
    })
    const [user_id = '', no_agree = ''] = new URL(request.url).pathname.slice(1).split('/')
    const { outcome } = await caller.call(unbind, { user_id, no_agree })
    return new Response(outcome)
  },
}
