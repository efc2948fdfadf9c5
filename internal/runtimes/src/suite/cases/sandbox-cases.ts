import { OID_PARTNER } from '@internal/testkit/merchant'
import { unbind } from '@llpay/core/apis/card'
import { createClient, createSigner, createVerifier } from '@llpay/edge'
import { createCaller } from '@llpay/edge/caller'
import { createSandbox, parseScenario } from '@llpay/sandbox'

import { expectEqual, failureOf, type Case } from '../case.ts'
import { keyOf } from '../data.ts'
import { CARD, merchant } from '../merchant.ts'

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
