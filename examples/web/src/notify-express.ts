import { createNotificationHandler, toNodeListener } from '@llpay/node'
import { postgresSeen } from '@llpay/node/notifications'
import express, { type Express } from 'express'

import { pool } from './database.ts'

const payments = createNotificationHandler({
  kind: 'payment',
  oidPartner: process.env['LLPAY_OID_PARTNER'] ?? '',
  gatewayPublicKey: process.env['LLPAY_GATEWAY_KEY'] ?? '',
  seen: postgresSeen(pool),
  async expect({ no_order }) {
    const { rows } = await pool.query<{ money: string }>(
      'select money::text from orders where no_order = $1',
      [no_order],
    )
    return rows[0] // undefined: not acknowledged, and LianLian repeats
  },
  async onNotification({ no_order, oid_paybill, money_order }) {
    await pool.query(
      'insert into inbox (kind, no_order, oid_paybill, money) values ($1, $2, $3, $4)',
      ['payment', no_order, oid_paybill, money_order],
    ) // a worker of yours reads the inbox: it ships, and sends the mail
  },
  onRefused: (error) => console.error(error.code, error.reason, error.message),
})

export const app: Express = express()

app.post('/lianlian/payment', toNodeListener(payments)) // above every body parser
app.use(express.json())
