import { createNotificationHandler, toNodeListener } from '@llpay/node'
import { postgresSeen } from '@llpay/node/notifications'
import fastify from 'fastify'

import { pool } from './database.ts'

const payouts = toNodeListener(
  createNotificationHandler({
    kind: 'payout',
    oidPartner: process.env['LLPAY_OID_PARTNER'] ?? '',
    gatewayPublicKey: process.env['LLPAY_GATEWAY_KEY'] ?? '',
    seen: postgresSeen(pool),
    async expect({ no_order }) {
      const { rows } = await pool.query<{ money: string }>(
        'select money::text from payouts where no_order = $1',
        [no_order],
      )
      return rows[0]
    },
    async onNotification({ no_order, oid_paybill, result_pay }) {
      await pool.query(
        `insert into inbox (kind, no_order, oid_paybill, result) values ('payout', $1, $2, $3)
        on conflict do nothing`, // unique: kind, oid_paybill, result
        [no_order, oid_paybill, result_pay],
      )
    },
    onRefused: (error) => console.error(error.code, error.reason, error.message),
  }),
)

export const app = fastify()

app.register(async (routes) => {
  // Fastify refuses text/json with 415; this leaves the body unread, for these routes only.
  routes.removeAllContentTypeParsers()
  routes.addContentTypeParser('*', (_request, _payload, done) => done(null))
  routes.post('/lianlian/payout', async (request, reply) => {
    reply.hijack()
    await payouts(request.raw, reply.raw)
  })
})
