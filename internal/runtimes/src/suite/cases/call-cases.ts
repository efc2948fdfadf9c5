import { OID_PARTNER } from '@internal/testkit/merchant'
import { unbind } from '@llpay/core/apis/card'
import {
  createClient,
  type ClientConfig,
  createSigner,
  createVerifier,
  compareMoney,
  createNotificationHandler,
  memorySeen,
  verifyNotification,
  type LLPayError,
} from '@llpay/edge'
import { createCaller } from '@llpay/edge/caller'
import { createSandbox, parseScenario } from '@llpay/sandbox'

import {
  expectEqual,
  failureOf,
  type Case,
  data,
  CARD,
  merchant,
  keyOf,
  expectTrue,
  toUtf8,
} from '../case.ts'

const TIMEOUT_MS = 300

/** Resolves when the gateway has a request for one of its behaviours in its hands. */
async function arrived(behaviour: string): Promise<void> {
  await (await fetch(`${data().gatewayUrl}/arrived/${behaviour}`)).text()
}

/** A clock on which the deadline passes when the request has arrived, however slow the machine is. */
const clockOf = (behaviour: string): ClientConfig['clock'] => ({
  now: () => 0,
  sleep: (ms) => (ms === TIMEOUT_MS ? arrived(behaviour) : new Promise(() => undefined)),
})

const unbindAt = (behaviour: string, more: Partial<ClientConfig> = {}, signal?: AbortSignal) =>
  createClient(merchant({ baseUrl: `${data().gatewayUrl}/${behaviour}`, ...more })).card.unbind(
    CARD,
    { signal },
  )

const expectUnknown = async (call: Promise<unknown>, cause: string) => {
  const failure = await failureOf(call)
  expectEqual(failure, { code: 'ERR_OUTCOME_UNKNOWN', delivered: 'unknown', cause }, 'failure')
}

const CASES: Readonly<Record<string, () => Promise<void>>> = {
  async 'the platform fetch unbinds a card'() {
    const { outcome, reply } = await unbindAt('usual')
    expectEqual([outcome, reply.fields.ret_code], ['unbound', '0000'], 'result')
  },
  async 'an altered reply is refused'() {
    const failure = await failureOf(unbindAt('tampered'))
    expectEqual(failure.code, 'ERR_SIGNATURE_INVALID', 'failure')
  },
  async 'a redirect is not followed'() {
    await expectUnknown(unbindAt('redirect'), 'ERR_TRANSPORT_STATUS')
  },
  async 'a reply that is too large is cut off'() {
    const failure = await failureOf(unbindAt('huge'))
    expectEqual(failure.code, 'ERR_REPLY_TOO_LARGE', 'failure')
  },
  async 'the deadline covers the wait for headers'() {
    const options = { timeoutMs: TIMEOUT_MS, clock: clockOf('silent') }
    await expectUnknown(unbindAt('silent', options), 'ERR_TRANSPORT_TIMEOUT')
  },
  async 'the deadline covers a body that drips'() {
    const options = { timeoutMs: TIMEOUT_MS, clock: clockOf('drip') }
    await expectUnknown(unbindAt('drip', options), 'ERR_TRANSPORT_TIMEOUT')
  },
  async 'the caller can abort while a body drips'() {
    const controller = new AbortController()
    void arrived('drip').then(() => controller.abort())
    await expectUnknown(unbindAt('drip', {}, controller.signal), 'ERR_TRANSPORT_ABORTED')
  },
  async 'what is aborted before is not sent'() {
    const controller = new AbortController()
    controller.abort()
    const failure = await failureOf(unbindAt('usual', {}, controller.signal))
    expectEqual(failure, { code: 'ERR_TRANSPORT_ABORTED', delivered: 'no' }, 'failure')
  },
  async 'a connection that breaks has an unknown outcome'() {
    await expectUnknown(unbindAt('reset'), 'ERR_TRANSPORT_CLOSED')
  },
}

/** The platform's own `fetch` against a gateway that listens on this machine. */
export const transportCases = (): readonly Case[] =>
  Object.entries(CASES).map(([name, run]) => ({ name, run }))

const options = { allowBigIntSigning: true }

async function openSandbox() {
  const sandbox = createSandbox({
    gatewaySigner: await createSigner(keyOf('k2048').pkcs8Pem, 'MD5withRSA', options),
    otherSigner: await createSigner(keyOf('k3072').pkcs8Pem, 'MD5withRSA', options),
    partners: [
      {
        oidPartner: OID_PARTNER,
        verifier: await createVerifier(keyOf('k1024').spkiPem, 'MD5withRSA'),
      },
    ],
  })
  const card = { oid_partner: OID_PARTNER, ...CARD }
  sandbox.state.cards.bind(card)
  return { sandbox, isBound: () => sandbox.state.cards.isBound(card) }
}

/** What each way to misbehave must end in; a code, and whether the request may have been carried out. */
const FAILURES: Readonly<Record<string, readonly [string, string, string?]>> = {
  tampered: ['ERR_SIGNATURE_INVALID', 'unknown'],
  unsigned: ['ERR_SIGNATURE_MISSING', 'unknown'],
  'wrong-key': ['ERR_SIGNATURE_INVALID', 'unknown'],
  duplicate: ['ERR_REPLY_DUPLICATE_MEMBER', 'unknown'],
  'code:3003': ['ERR_REJECTED', 'yes'],
  html: ['ERR_OUTCOME_UNKNOWN', 'unknown', 'ERR_REPLY_NOT_JSON'],
  truncated: ['ERR_OUTCOME_UNKNOWN', 'unknown', 'ERR_REPLY_NOT_JSON'],
  'status:503': ['ERR_OUTCOME_UNKNOWN', 'unknown', 'ERR_TRANSPORT_STATUS'],
  'close-after': ['ERR_OUTCOME_UNKNOWN', 'unknown', 'ERR_TRANSPORT_CLOSED'],
  'code:9999': ['ERR_OUTCOME_UNKNOWN', 'unknown', 'ERR_REJECTED'],
}

const failureCase = ([scenario, [code, delivered, cause]]: [
  string,
  readonly [string, string, string?],
]): Case => ({
  name: `the sandbox plays ${scenario}`,
  async run() {
    const { sandbox } = await openSandbox()
    sandbox.state.play(parseScenario(scenario).text)
    const client = createClient(merchant({ fetch: sandbox.fetch }))
    const failure = await failureOf(client.card.unbind(CARD))
    expectEqual([failure.code, failure.delivered], [code, delivered], 'failure')
    if (cause !== undefined) expectEqual(failure.cause, cause, 'cause')
  },
})

const unbindCase: Case = {
  name: 'a card of the sandbox is unbound',
  async run() {
    const { sandbox, isBound } = await openSandbox()
    const client = createClient(merchant({ fetch: sandbox.fetch }))
    const { outcome, evidence } = await client.card.unbind(CARD)
    expectEqual([outcome, evidence, isBound()], ['unbound', 'signed-reply', false], 'result')
  },
}

const callerCase: Case = {
  name: 'the caller without a catalogue does the same',
  async run() {
    const { sandbox, isBound } = await openSandbox()
    const caller = createCaller(merchant({ fetch: sandbox.fetch }))
    const { outcome } = await caller.call(unbind, CARD)
    expectEqual([outcome, isBound()], ['unbound', false], 'result')
  },
}

/** Unbinding against a gateway in the same process, and what it may do wrong. */
export const sandboxCases = (): readonly Case[] => [
  unbindCase,
  callerCase,
  ...Object.entries(FAILURES).map(failureCase),
]

const ORDER = 'SO1801110000000046'
const DONE = { ret_code: '0000', ret_msg: 'ok' }

/** The notification that LianLian signed in 2018, and what verifies it. */
function lianLians() {
  const { messages, gatewayPublicKey } = data().messages
  const body = messages.find(({ api }) => api === 'notification:payment')?.body ?? ''
  return { body, kind: 'payment', oidPartner: '201701051001392503', gatewayPublicKey } as const
}

async function verifiesLianLians(): Promise<void> {
  const { body, ...keys } = lianLians()
  for (const raw of [body, toUtf8(body), `\ufeff${body}`]) {
    const notification = await verifyNotification(raw, keys)
    expectEqual([notification.no_order, notification.money_order], [ORDER, '0.01'], 'members')
  }
  const altered = await failureOf(verifyNotification(body.replace('0.01', '1.00'), keys))
  expectEqual(altered.code, 'ERR_SIGNATURE_INVALID', 'an altered amount')
  const other = await failureOf(verifyNotification(body, { ...keys, kind: 'refund' }))
  expectEqual(other.code, 'ERR_REPLY_MISMATCH', 'another kind')
  expectEqual(compareMoney('0.01', '0.010'), 0, 'the amount')
}

async function deliversOnce(): Promise<void> {
  const { body, ...keys } = lianLians()
  const delivered: string[] = []
  const refused: LLPayError[] = []
  const handle = createNotificationHandler({
    ...keys,
    seen: memorySeen(),
    expect: async () => ({ money: '0.010' }),
    async onNotification({ no_order }) {
      delivered.push(no_order)
    },
    onRefused: (error) => void refused.push(error),
  })
  const kept: Promise<unknown>[] = []
  const post = async (text: string) => {
    const headers = { 'content-type': 'text/json;charset=utf-8' }
    const request = new Request('http://localhost/notify', { method: 'POST', headers, body: text })
    const response = await handle(request, { waitUntil: (work) => void kept.push(work) })
    expectEqual(response.status, 200, 'the status')
    const said: { ret_code: string } = JSON.parse(await response.text())
    return said
  }
  expectEqual(await post(body), DONE, 'the first delivery')
  expectEqual(await post(body), DONE, 'a repeat')
  expectEqual((await post(body.replace('0.01', '1.00'))).ret_code, '9999', 'an altered one')
  expectEqual((await post('')).ret_code, '9999', 'nothing')
  expectEqual(delivered, [ORDER], 'what was delivered')
  expectEqual(
    refused.map(({ code }) => code),
    ['ERR_SIGNATURE_INVALID', 'ERR_REPLY_NOT_JSON'],
    'what was refused',
  )
  const wrongMethod = await handle(new Request('http://localhost/notify'))
  expectEqual(wrongMethod.status, 405, 'a GET')
  await Promise.all(kept)
  expectTrue(kept.length === 4, 'waitUntil was not called for every POST')
}

/** Notifications, with whatever verifies here. */
export const notificationCases = (): Case[] => [
  { name: "notifications: LianLian's own verifies, altered it does not", run: verifiesLianLians },
  { name: 'notifications: delivered once, acknowledged again', run: deliversOnce },
]
