import type { IncomingMessage, ServerResponse } from 'node:http'

import { bodyOf, serve, type LocalServer } from '@internal/testkit/local-server'
import { OID_PARTNER } from '@internal/testkit/merchant'
import { createTestSandbox } from '@internal/testkit/sandbox'
import { merchantKeys } from '@internal/testkit/signing'
import { createUnbindProcessor, type SentMarks, type UnbindProcessor } from '@llpay/core/bulk'
import { createClient } from '@llpay/node'

import { PAY_TYPE, hurried, JOB_ID_KEY } from './subject.ts'

/** What is played for a customer, request after request; `usual` afterwards. */
export interface Plays {
  readonly list?: readonly string[]
  readonly unbind?: readonly string[]
}

/** A gateway on this machine that plays by customer. */
export interface Gateway extends LocalServer {
  bind(user_id: string, no_agree: string): void
  play(user_id: string, plays: Plays): void
  /** When the list was asked for a customer's cards, in milliseconds. */
  listed(user_id: string): readonly number[]
  /** How many requests to unbind came in for a customer. */
  asked(user_id: string): number
  /** How many of them unbound a card. */
  unbound(user_id: string): number
}

/** Serves a sandbox. */
export async function startGateway(): Promise<Gateway> {
  const unbound = new Map<string, number>()
  const sandbox = createTestSandbox({
    onRequest({ api, ret_code, members: { user_id = '' } }) {
      if (api !== 'card.unbind' || ret_code !== '0000') return
      unbound.set(user_id, (unbound.get(user_id) ?? 0) + 1)
    },
  })
  const plays = new Map<string, { list: string[]; unbind: string[] }>()
  const listed = new Map<string, number[]>()
  const asked = new Map<string, number>()

  /** Notes a request, and tells what to play for it. */
  const arrive = (isUnbind: boolean, { user_id = '', pay_type }: Record<string, string>) => {
    if (isUnbind) asked.set(user_id, (asked.get(user_id) ?? 0) + 1)
    else if (pay_type !== PAY_TYPE) return 'usual'
    else listed.set(user_id, [...(listed.get(user_id) ?? []), performance.now()])
    return plays.get(user_id)?.[isUnbind ? 'unbind' : 'list'].shift() ?? 'usual'
  }
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '/'
    const body = await bodyOf(request)
    const scenario = arrive(path.endsWith('/bankcardunbind.htm'), JSON.parse(body))
    const headers = { 'x-llpay-scenario': scenario }
    const target = new Request(`http://localhost${path}`, { method: 'POST', body, headers })
    const reply = await sandbox.fetch(target)
    response.writeHead(reply.status).end(await reply.text())
  }
  const server = await serve((request, response) =>
    answer(request, response).catch(() => response.destroy()),
  )
  return Object.assign(server, {
    bind: (user_id: string, no_agree: string) =>
      sandbox.state.cards.bind({
        oid_partner: OID_PARTNER,
        user_id,
        no_agree,
        pay_type: PAY_TYPE,
      }),
    play: (user_id: string, { list = [], unbind = [] }: Plays) =>
      plays.set(user_id, { list: [...list], unbind: [...unbind] }),
    listed: (user_id: string) => listed.get(user_id) ?? [],
    asked: (user_id: string) => asked.get(user_id) ?? 0,
    unbound: (user_id: string) => unbound.get(user_id) ?? 0,
  })
}

/** The processor of the adapters on Node. */
export function nodeProcessor(baseUrl: string, marks: SentMarks): UnbindProcessor {
  const { merchant, gateway } = merchantKeys()
  const client = createClient({
    oidPartner: OID_PARTNER,
    privateKey: merchant.pkcs8Pem,
    gatewayPublicKey: gateway.spkiPem,
    baseUrl,
    retry: 0,
    timeoutMs: 60_000,
  })
  const options = { oidPartner: OID_PARTNER, jobIdKey: JOB_ID_KEY, marks }
  return hurried(createUnbindProcessor(client, options))
}
