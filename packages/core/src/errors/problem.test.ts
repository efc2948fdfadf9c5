import { describe, expect, test } from 'vitest'

import { lookUpReturnCode } from '../return-codes/classes.ts'
import {
  CallbackError,
  ConfigError,
  KeyError,
  ParameterError,
  ProtocolError,
  RejectedError,
  SignatureError,
  SigningError,
  toProblem,
  TransportError,
  UnknownOutcomeError,
} from './index.ts'

const rejected = (category: string, returnCode = '4000') =>
  new RejectedError('ERR_REJECTED', 'm', { category, returnCode, signature: 'absent' })
const transport = (delivered: 'no' | 'unknown') =>
  new TransportError('ERR_TRANSPORT_TIMEOUT', 'm', { delivered })
const doubt = { attempts: 1, lastSeen: 'listed', cause: undefined } as const

describe('the status', () => {
  test.each<[number, Error]>([
    [400, new ParameterError('m', [])],
    [500, new ConfigError('ERR_CONFIG_INVALID', 'm')],
    [500, new KeyError('ERR_KEY_INVALID', 'm')],
    [500, new SigningError('ERR_SIGN_FAILED', 'm')],
    [500, new CallbackError('m', { cause: undefined, delivered: 'unknown' })],
    [502, new SignatureError('ERR_SIGNATURE_INVALID', 'm')],
    [502, new SignatureError('ERR_SIGNATURE_INVALID', 'm', { delivered: 'no' })],
    [502, new ProtocolError('ERR_REPLY_MISMATCH', 'm')],
    [503, transport('no')],
    [504, transport('unknown')],
    [504, new UnknownOutcomeError('m', doubt)],
    [503, new UnknownOutcomeError('m', { ...doubt, attempts: 0, delivered: 'no' })],
  ])('%i: %s', (status, error) => {
    const problem = toProblem(error)
    expect(problem.status).toBe(status)
    expect(problem.detail).toBe('m')
    expect(problem.type).toBe(`urn:llpay:${problem.code}`)
  })

  test.each<[string, number]>([
    ['not-found', 404],
    ['other-product', 409],
    ['duplicate', 409],
    ['limit', 429],
    ['signature', 500],
    ['auth-or-config', 500],
    ['system', 502],
    ['bank-or-network-transient', 502],
    ['processing', 502],
    ['unlisted', 502],
    ['card-or-user', 422],
    ['parameter', 422],
    ['risk', 422],
    ['other', 422],
  ])('of a refusal of the category %s is %i', (category, status) => {
    expect(toProblem(rejected(category))).toMatchObject({ status, category, delivered: 'yes' })
  })

  test.each<[string, number]>([
    ['3003', 404],
    ['8901', 404],
    ['1001', 500],
    ['1008', 500],
    ['2004', 502],
    ['9999', 502],
    ['0a0b', 502],
    ['1105', 422],
    ['1004', 422],
    ['4008', 429],
    ['4004', 409],
  ])('of the code %s is %i', (code, status) => {
    const { category } = lookUpReturnCode(code)
    expect(toProblem(rejected(category, code))).toMatchObject({ status, returnCode: code })
  })
})

test('a card of another product is named with its product', () => {
  const error = new RejectedError(
    'ERR_AGREEMENT_ELSEWHERE',
    'm',
    { category: 'other-product', signature: 'verified', payType: 'P' },
    { delivered: 'no' },
  )
  expect(toProblem(error)).toEqual({
    type: 'urn:llpay:ERR_AGREEMENT_ELSEWHERE',
    title: 'The card is bound for another product',
    status: 409,
    detail: 'm',
    code: 'ERR_AGREEMENT_ELSEWHERE',
    delivered: 'no',
    category: 'other-product',
    payType: 'P',
  })
})

describe('an error that is not of llpay', () => {
  test.each<[string, unknown]>([
    ['an Error with a secret', new Error('6225880112345678')],
    ['text', '6225880112345678'],
    ['null', null],
    ['undefined', undefined],
    ['an object', { code: 'ERR_REJECTED', status: 200, message: '6225880112345678' }],
  ])('says 500 and nothing of it: %s', (_, error) => {
    const problem = toProblem(error)
    expect(problem).toMatchObject({ type: 'about:blank', status: 500 })
    expect(JSON.stringify(problem)).not.toContain('6225')
    expect(problem).not.toHaveProperty('code')
  })
})

test('an error of another copy of the package is known by its name', () => {
  const copy = Object.assign(new Error('m'), {
    [Symbol.for('llpay.error')]: true,
    name: 'RejectedError',
    code: 'ERR_REJECTED',
    delivered: 'yes',
    returnCode: '3003',
    category: 'not-found',
  })
  expect(toProblem(copy)).toMatchObject({ status: 404, code: 'ERR_REJECTED', returnCode: '3003' })
})

test('a problem is JSON, and the same kind has the same title', () => {
  const [sent, unsent] = [toProblem(transport('unknown')), toProblem(transport('no'))]
  expect(JSON.parse(JSON.stringify(sent))).toEqual(sent)
  expect(sent.title).toBe(unsent.title)
})

test('names on a polluted prototype are not taken for a status', () => {
  expect(toProblem(rejected('constructor')).status).toBe(422)
  const error = Object.assign(new Error('m'), {
    [Symbol.for('llpay.error')]: true,
    name: 'toString',
    code: 'ERR_OTHER',
    delivered: 'unknown',
  })
  expect(toProblem(error).status).toBe(500)
})
