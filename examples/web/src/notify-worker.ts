import { createNotificationHandler } from '@llpay/edge'
import { d1Seen, type D1Like, type NotificationHandler } from '@llpay/edge/notifications'
import { Hono } from 'hono'

interface Bindings {
  readonly LLPAY_OID_PARTNER: string
  readonly LLPAY_GATEWAY_KEY: string
  readonly DB: D1Like
  readonly REFUNDS: { send(message: object): Promise<unknown> } // a Cloudflare queue
}

let refunds: NotificationHandler | undefined // kept between requests: it reads the key once
const refundsFor = ({ DB, REFUNDS, ...env }: Bindings): NotificationHandler =>
  (refunds ??= createNotificationHandler({
    kind: 'refund',
    oidPartner: env.LLPAY_OID_PARTNER,
    gatewayPublicKey: env.LLPAY_GATEWAY_KEY,
    seen: d1Seen(DB),
    async onNotification({ no_refund, oid_refundno, sta_refund }) {
      await REFUNDS.send({ no_refund, oid_refundno, sta_refund }) // its consumer ignores repeats
    },
    onRefused: (error) => console.error(error.code, error.reason, error.message),
  }))

export const app = new Hono<{ Bindings: Bindings }>()

// With the execution context, work goes on after the response.
app.post('/lianlian/refund', (c) => refundsFor(c.env)(c.req.raw, c.executionCtx))
