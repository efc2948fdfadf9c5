import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { DatabaseSync } from 'node:sqlite'

import { PGlite } from '@electric-sql/pglite'
import { createSeenTable as createD1Table, type D1Like } from '@llpay/edge/notifications'
import { createSeenTable, toNodeListener } from '@llpay/node/notifications'
import { startSandbox } from '@llpay/sandbox/node'
import expressApp, { type Express } from 'express'
import fastify from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'

// The examples of the guide to notifications, each notified by a sandbox.

const DT_ORDER = '20240501093015'

const database = await PGlite.create()
vi.mock('./database.ts', () => ({ pool: database }))

let sandbox: Awaited<ReturnType<typeof startSandbox>>
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  sandbox = await startSandbox()
  Object.assign(process.env, sandbox.env)
  await createSeenTable(database)
  await database.exec(`
    create table orders (no_order text primary key, dt_order text, money numeric(12, 2) not null);
    create table payouts (no_order text primary key, money numeric(12, 2) not null);
    create table inbox (
      kind text not null, no_order text not null, oid_paybill text not null, result text not null,
      unique (kind, oid_paybill, result)
    );
  `)
})
beforeEach(() => database.exec('delete from inbox; delete from orders; delete from payouts'))
afterAll(async () => {
  for (const close of closing) await close()
  await sandbox[Symbol.asyncDispose]()
  await database.close()
})

async function urlOf(server: Server): Promise<string> {
  if (!server.listening) await once(server, 'listening')
  const { port }: AddressInfo = Object(server.address())
  return `http://127.0.0.1:${port}`
}

/** An application whose body parser takes everything. */
const withParser = (): Express => expressApp().use(expressApp.json({ type: '*/*' }))

const inbox = async () => (await database.query('select * from inbox')).rows

async function express() {
  const { app } = await import('./notify-express.ts')
  const server = app.listen(0, '127.0.0.1')
  closing.push(async () => server.close())
  return `${await urlOf(server)}/lianlian/payment`
}

test('Express: a payment that the shop knows is stored once, however often it comes', async () => {
  const url = await express()
  await database.query(`insert into orders values ('P1', '${DT_ORDER}', 49.9)`)
  const members = { no_order: 'P1', dt_order: DT_ORDER, oid_paybill: '1' }
  const sent = await sandbox.notifications.send({ kind: 'payment', url, members })
  expect(sent).toMatchObject({ state: 'acknowledged', deliveries: [{ status: 200 }] })
  await sandbox.notifications.resend(sent.id)
  // As after a crash between storing it and marking it as done: it is delivered once more.
  await database.query('delete from llpay_seen')
  expect((await sandbox.notifications.resend(sent.id))?.deliveries.at(-1)).toMatchObject({
    acknowledged: true,
  })
  expect(await inbox()).toEqual([
    { kind: 'payment', no_order: 'P1', oid_paybill: '1', result: 'SUCCESS' },
  ])
})

test.each([
  ['of another amount', { no_order: 'P2', dt_order: DT_ORDER, money_order: '4.99' }, undefined],
  ['of another day', { no_order: 'P2', dt_order: '20230501093015' }, undefined],
  ['of an order that the shop does not know', { no_order: 'P3' }, undefined],
  ['that is forged', { no_order: 'P2' }, 'forged'],
  ['that is a payout', { no_order: 'W1' }, 'wrong-kind'],
] as const)(
  'Express: a payment %s is neither stored nor acknowledged',
  async (_, members, fault) => {
    const url = await express()
    await database.query(`insert into orders values ('P2', '${DT_ORDER}', 49.9)`)
    const request = { kind: 'payment', url, members, repeat: false } as const
    const sent = await sandbox.notifications.send({ ...request, ...(fault && { fault }) })
    expect(sent).toMatchObject({ state: 'given-up', deliveries: [{ status: 200 }] })
    expect(await inbox()).toEqual([])
  },
)

test('Fastify: without the parser, what LianLian sends gets 415', async () => {
  const app = fastify()
  app.post('/', () => 'taken')
  const headers = { 'content-type': 'text/json;charset=utf-8' }
  const { statusCode } = await app.inject({ method: 'POST', url: '/', headers, payload: '{}' })
  expect(statusCode).toBe(415)
})

test('Express: nothing is stored or acknowledged behind a body parser', async () => {
  const { app: behind } = await import('./notify-express.ts')
  const app = withParser().use(behind)
  const server = app.listen(0, '127.0.0.1')
  closing.push(async () => server.close())
  await database.query(`insert into orders values ('P4', '${DT_ORDER}', 49.9)`)
  const sent = await sandbox.notifications.send({
    kind: 'payment',
    url: `${await urlOf(server)}/lianlian/payment`,
    members: { no_order: 'P4', dt_order: DT_ORDER },
    repeat: false,
  })
  expect(sent).toMatchObject({ state: 'given-up', deliveries: [{ status: 200 }] })
  expect(await inbox()).toEqual([])
})

test('Fastify: a payout and its later return are two notifications', async () => {
  const { app } = await import('./notify-fastify.ts')
  await app.listen({ host: '127.0.0.1', port: 0 })
  closing.push(() => app.close())
  const url = `${await urlOf(app.server)}/lianlian/payout`
  const members = { no_order: 'W1', oid_paybill: '2' }
  await database.query("insert into payouts values ('W1', 49.9)")
  await sandbox.notifications.send({ kind: 'payout', url, members, fault: 'duplicate' })
  await sandbox.notifications.send({
    kind: 'payout',
    url,
    members: { ...members, result_pay: 'CANCEL' },
  })
  expect((await inbox()).map((row) => Object(row).result)).toEqual(['SUCCESS', 'CANCEL'])
})

/** D1 as SQLite in this process. */
function openD1(): D1Like {
  const sqlite = new DatabaseSync(':memory:')
  return {
    prepare(sql) {
      const statement = sqlite.prepare(sql)
      const bound = (values: (string | number)[]): ReturnType<D1Like['prepare']> => ({
        bind: (...given) =>
          bound(given.map((value) => (typeof value === 'number' ? value : String(value)))),
        first: async () => statement.get(...values) ?? null,
        run: async () => statement.run(...values),
      })
      return bound([])
    },
  }
}

test('Hono on Workers: a refund goes to the queue, once', async () => {
  const { app } = await import('./notify-worker.ts')
  const queued: object[] = []
  const DB = openD1()
  await createD1Table(DB)
  const { LLPAY_OID_PARTNER = '', LLPAY_GATEWAY_KEY = '' } = sandbox.env
  const REFUNDS = { send: async (message: object) => void queued.push(message) }
  const kept: Promise<unknown>[] = []
  const context = {
    waitUntil: (work: Promise<unknown>) => void kept.push(work),
    passThroughOnException: () => {},
    props: {},
  }
  const env = { LLPAY_OID_PARTNER, LLPAY_GATEWAY_KEY, DB, REFUNDS }
  const listener = toNodeListener(async (request) =>
    app.fetch(new Request('http://app.test/lianlian/refund', request), env, context),
  )
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
  server.listen(0, '127.0.0.1')
  closing.push(async () => server.close())
  const url = `${await urlOf(server)}/lianlian/refund`
  const members = { no_refund: 'R1', oid_refundno: '3' }
  const sent = await sandbox.notifications.send({
    kind: 'refund',
    url,
    members,
    fault: 'duplicate',
  })
  expect(sent.state).toBe('acknowledged')
  expect(queued).toEqual([{ no_refund: 'R1', oid_refundno: '3', sta_refund: '2' }])
  await Promise.all(kept)
  expect(kept).toHaveLength(2)
})
