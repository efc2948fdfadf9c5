import { createClient, type ClientConfig } from '@llpay/edge'

import { expectEqual, expectTrue, failureOf, type Case } from '../case.ts'
import { data } from '../data.ts'
import { CARD, merchant } from '../merchant.ts'

const PATIENCE_MS = 4000

const unbindAt = (behaviour: string, more: Partial<ClientConfig> = {}, signal?: AbortSignal) =>
  createClient(merchant({ baseUrl: `${data().gatewayUrl}/${behaviour}`, ...more })).card.unbind(
    CARD,
    { signal },
  )

async function within(milliseconds: number, step: () => Promise<void>): Promise<void> {
  const start = Date.now()
  await step()
  const taken = Date.now() - start
  expectTrue(taken < milliseconds, `it took ${taken} ms`)
}

const expectUnknown = async (call: Promise<unknown>, cause: string) => {
  const failure = await failureOf(call)
  expectEqual(failure, { code: 'ERR_OUTCOME_UNKNOWN', delivered: 'unknown', cause }, 'failure')
}

const CASES: Readonly<Record<string, () => Promise<void>>> = {
  async 'the platform fetch unbinds a card'() {
    const { outcome, reply } = await unbindAt('usual')
    expectEqual([outcome, reply.fields.ret_code], ['unbound', '0000'], 'result')
  },
  async 'an altered answer is refused'() {
    const failure = await failureOf(unbindAt('tampered'))
    expectEqual(failure.code, 'ERR_SIGNATURE_INVALID', 'failure')
  },
  async 'a redirect is not followed'() {
    await expectUnknown(unbindAt('redirect'), 'ERR_TRANSPORT_STATUS')
  },
  async 'an answer that is too large is cut off'() {
    const failure = await failureOf(unbindAt('huge'))
    expectEqual(failure.code, 'ERR_REPLY_TOO_LARGE', 'failure')
  },
  async 'the deadline covers the wait for headers'() {
    await within(PATIENCE_MS, () =>
      expectUnknown(unbindAt('silent', { timeoutMs: 300 }), 'ERR_TRANSPORT_TIMEOUT'),
    )
  },
  async 'the deadline covers a body that drips'() {
    await within(PATIENCE_MS, () =>
      expectUnknown(unbindAt('drip', { timeoutMs: 300 }), 'ERR_TRANSPORT_TIMEOUT'),
    )
  },
  async 'the caller can abort while a body drips'() {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 200)
    await within(PATIENCE_MS, () =>
      expectUnknown(unbindAt('drip', {}, controller.signal), 'ERR_TRANSPORT_ABORTED'),
    )
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
