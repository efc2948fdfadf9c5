import { createClient, type Client } from '@llpay/edge'

import { data } from './data.ts'
import { CARD, merchant } from './merchant.ts'

const OTHER = { ...CARD, no_agree: '2014031710002122' }
let stages = 0

/** A client whose gateway plays something, on its own stage. */
function open(play: string): { client: Client; urlOf: (other: string) => string } {
  stages += 1
  const stage = `${stages}-${Math.random()}`
  const urlOf = (other: string) => `${data().gatewayUrl}/${other}/${stage}`
  return { client: createClient(merchant({ baseUrl: urlOf(play) })), urlOf }
}

/** What a call ended with: its outcome, or the return code or the code of its error. */
const endOf = (call: Promise<{ outcome: string } | object>): Promise<unknown> =>
  call.then(
    (result) => Reflect.get(result, 'outcome'),
    (error: object) => Reflect.get(error, 'returnCode') ?? Reflect.get(error, 'code'),
  )

/** Sends as other code of the program may: the platform then keeps the connection for the next request. */
const visit = async (url: string) => (await fetch(url, { method: 'POST', body: '{}' })).text()

/** How long a platform may take to put a connection back that a reply was read from. */
const settle = () =>
  new Promise((later) => {
    setTimeout(later, 20)
  })

/** Finds out whether a late duplicate of a reply can pass for the reply to another request. */
export async function separatesConnections(): Promise<boolean> {
  const success = open('late-success').client
  const ends = [await endOf(success.card.unbind(CARD))]
  await settle()
  ends.push(await endOf(success.card.unbind(OTHER)))
  const list = open('late-list').client
  ends.push(await endOf(list.card.list({ user_id: CARD.user_id })))
  await settle()
  ends.push(await endOf(list.card.unbind(CARD)))
  const expected = ['unbound', '1008', '8901', 'unbound']
  return JSON.stringify(ends) === JSON.stringify(expected)
}

/**
 * Finds out whether a change arrives once at a gateway that carries it out and closes: on a fresh
 * connection, behind a list, and behind a request of other code.
 */
export async function sendsChangesOnce(): Promise<boolean> {
  const counts: string[] = []
  const prepare: readonly ((client: Client, url: string) => Promise<unknown>)[] = [
    async () => undefined,
    (client) => endOf(client.card.list({ user_id: CARD.user_id })),
    (_, url) => visit(url),
  ]
  for (const before of prepare) {
    const { client, urlOf } = open('execute-and-close')
    await before(client, urlOf('execute-and-close'))
    await settle()
    const end = await endOf(client.card.unbind(CARD))
    counts.push(`${String(end)} ${await visit(urlOf('changes'))}`)
  }
  return counts.every((count) => count === 'ERR_OUTCOME_UNKNOWN 1')
}

/** Finds out whether a reply is read behind a `100 Continue` that nobody asked for. */
export async function readsBehindContinue(): Promise<boolean> {
  return (await endOf(open('interim-first').client.card.unbind(CARD))) === 'unbound'
}
