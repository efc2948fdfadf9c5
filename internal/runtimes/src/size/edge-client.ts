import { createClient } from '@llpay/edge'

/** A Worker with the whole client; what it bundles to is measured. */
export const worker = {
  async fetch(_: Request, env: Readonly<Record<string, string>>): Promise<Response> {
    const client = createClient({
      oidPartner: '201304121000001004',
      privateKey: env['LLPAY_PRIVATE_KEY'] ?? '',
      gatewayPublicKey: env['LLPAY_GATEWAY_KEY'] ?? '',
    })
    const { fields } = await client.card.list({ user_id: '1', pay_type: 'D', offset: '0' })
    return new Response(fields.ret_code)
  },
}
