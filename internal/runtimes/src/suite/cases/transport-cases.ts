import { createClient, type ClientConfig } from '@llpay/edge'

import { expectEqual, failureOf, type Case } from '../case.ts'
import { data } from '../data.ts'
import { CARD, merchant } from '../merchant.ts'

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
