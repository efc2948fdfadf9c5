import { inspect } from 'node:util'

import { virtualClock } from '@internal/testkit/clocks'
import { plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { beforeAll, expect, test } from 'vitest'

import { unbind } from '../apis/card/unbind.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import type { Signer } from '../signing/ports.ts'
import type { Transport } from '../transport/port.ts'
import type { CallerParts } from './call-options.ts'
import { createCaller } from './create-caller.ts'

const gateway = vectorKey('k1024')
const key = vectorKey('k2048')
const CANARIES = { user_id: 'CANARY-USER', no_agree: 'CANARY-AGREE', platform: 'CANARY-PLATFORM' }
const parts = {
  oidPartner: '201304121000001004',
  timeoutMs: 60_000,
  retry: 0,
  settle: 'never' as const,
  signer: plainSigner(key.pkcs8Pem),
  verifiers: [plainVerifier(gateway.spkiPem)],
}
const done = { ret_code: '0000', sign_type: 'RSA', ...CANARIES }
const signed = (members: Record<string, string>) => withSign(members, gateway.pkcs8Pem)
const answer =
  (body: unknown, status = 200): Transport =>
  async () => ({
    status,
    headers: { 'x-canary': 'CANARY-HEADER' },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  })
const throwing =
  (error: unknown): Transport =>
  async (request) => {
    throw error instanceof Error ? Object.assign(error, { request, body: CANARIES }) : request
  }

const FAILURES: readonly (readonly [string, string, Transport])[] = [
  ['an unsigned success', 'ERR_SIGNATURE_MISSING', answer(done)],
  ['a forged success', 'ERR_SIGNATURE_INVALID', answer({ ...done, sign: 'Q0FOQVJZ' })],
  ['another sign_type', 'ERR_SIGNATURE_WRONG_TYPE', answer({ ...done, sign_type: 'CANARY' })],
  ['another customer', 'ERR_REPLY_MISMATCH', answer(signed({ ...done, user_id: 'CANARY-OTHER' }))],
  ['a foreign member', 'ERR_REPLY_MISMATCH', answer(signed({ ...done, card_no: 'CANARY-CARD' }))],
  ['an ambiguous text', 'ERR_REPLY_AMBIGUOUS', answer(signed({ ...done, a: 'x&user_id=CANARY' }))],
  ['a duplicate', 'ERR_REPLY_DUPLICATE_MEMBER', answer('{"CANARY":"CANARY","CANARY":"CANARY"}')],
  ['a strange name', 'ERR_REPLY_INVALID', answer({ ...done, 'CANARY ': 'CANARY' })],
  ['a strange ret_code', 'ERR_REPLY_INVALID', answer({ ...done, ret_code: 'CANARY' })],
  ['an object', 'ERR_REPLY_INVALID', answer({ ...signed(done), x: CANARIES })],
  ['HTML', 'ERR_OUTCOME_UNKNOWN', answer('<html>CANARY')],
  ['a status', 'ERR_OUTCOME_UNKNOWN', answer('CANARY', 500)],
  ['a system error', 'ERR_OUTCOME_UNKNOWN', answer({ ...done, ret_code: '9999' })],
  ['a refusal', 'ERR_REJECTED', answer({ ...done, ret_code: '3003' })],
  ['a signed refusal', 'ERR_REJECTED', answer(signed({ ...done, ret_code: '3003' }))],
  ['a foreign error', 'ERR_OUTCOME_UNKNOWN', throwing(new Error('CANARY'))],
  ['a thrown request', 'ERR_OUTCOME_UNKNOWN', throwing('CANARY')],
  ['a timeout', 'ERR_OUTCOME_UNKNOWN', () => new Promise(() => undefined)],
  ['no reply at all', 'ERR_OUTCOME_UNKNOWN', async () => Object.assign(Object(null), CANARIES)],
]

const everythingOf = (error: unknown) =>
  [
    inspect(error, { depth: 12, showHidden: true, getters: true }),
    JSON.stringify(error),
    String(error),
  ].join('\n')

const SECRET = /CANARY[A-Z-]*|Q0FOQVJZ|PRIVATE KEY|201304121000001004/

const failureOf = (changed: Partial<CallerParts> & Pick<CallerParts, 'transport'>) =>
  createCaller({ ...parts, clock: virtualClock(), ...changed })
    .call(unbind, CANARIES)
    .catch((caught: unknown) => caught)

// A virtual clock does not wait for what a call loads on demand: a first call loads it.
beforeAll(() => failureOf({ transport: answer(done), clock: undefined }))

/** The code of an error, and whether anything it shows must not be seen. */
const verdictOn = (error: unknown) => ({
  code: isLLPayError(error) && error.code,
  shows: SECRET.exec(everythingOf(error))?.[0] ?? 'no secret',
})

test.each(FAILURES)('no card data shows after %s', async (_, code, transport) => {
  const error = await failureOf({ transport })
  expect(verdictOn(error)).toEqual({ code, shows: 'no secret' })
})

test('no card data and no key show after a signer failed', async () => {
  const signer: Signer = {
    algorithm: 'MD5withRSA',
    sign: async (message) => {
      throw Object.assign(new Error(Buffer.from(message).toString()), { message, key })
    },
  }
  const error = await failureOf({ transport: answer(done), signer })
  expect(verdictOn(error)).toEqual({ code: 'ERR_SIGN_FAILED', shows: 'no secret' })
})

test('a secret would be noticed', () => {
  const error = Object.assign(new Error('x'), { request: CANARIES })
  expect(verdictOn(error)).toEqual({ code: false, shows: 'CANARY-USER' })
})
