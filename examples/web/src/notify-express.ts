import { createNotificationHandler, toNodeListener } from '@llpay/node'
import { postgresSeen } from '@llpay/node/notifications'
import express, { type Express } from 'express'

import { pool } from './database.ts'

const payments = createNotificationHandler({
  kind: 'payment',
  oidPartner: process.env['LLPAY_OID_PARTNER'] ?? '',
  gatewayPublicKey: process.env['LLPAY_GATEWAY_KEY'] ?? '',
  seen: postgresSeen(pool),
  async expect({ no_order, dt_order }) {
    const { rows } = await pool.query<{ money: string }>(
      'select money::text from orders where no_order = $1 and dt_order = $2',
      [no_order, dt_order],
    )
    return rows[0] // undefined: not acknowledged, and LianLian repeats
  },
  async onNotification({ no_order, oid_paybill, result_pay }) {
    await pool.query(
      `insert into inbox (kind, no_order, oid_paybill, result) values ('payment', $1, $2, $3)
      on conflict do nothing`, // unique: kind, oid_paybill, result
      [no_order, oid_paybill, result_pay],
    ) // a worker of yours reads the inbox: it ships, and sends the mail
  },
  onRefused: (error) => console.error(error.code, error.reason, error.message),
})

export const app: Express = express()

app.post('/lianlian/payment', toNodeListener(payments)) // above every body parser
app.use(express.json())
