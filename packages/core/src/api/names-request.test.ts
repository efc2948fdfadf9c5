import { expect, test } from 'vitest'

import * as catalogue from '../apis/catalogue.ts'
import { defineApi, type Api, namesRequest } from './define-api.ts'

const api = (params: Api['params'], reply: Api['reply'], unsignedFields: string[] = []): Api =>
  defineApi({
    id: 'card.named',
    summary: 'Repeat the parameters',
    host: 'queryapi',
    path: '/named.htm',
    effect: 'read',
    params,
    reply,
    signTypes: ['RSA'],
    success: ['0000'],
    notListed: [],
    unsignedFields,
    foreignFields: [],
    assumed: {},
    advice: {},
  })

test.each([
  ['every parameter is repeated', { a: {}, b: {} }, { ret_code: {}, a: {}, b: {} }],
  ['an optional parameter is always repeated', { a: { optional: true } }, { a: {} }],
] as const)('a reply names its request where %s', (_, params, reply) => {
  expect(namesRequest(api(params, reply))).toBe(true)
})

test.each([
  ['nothing is repeated', { a: {} }, { ret_code: {} }],
  ['one parameter is not repeated', { a: {}, b: { optional: true } }, { a: {} }],
  ['the reply may leave it out', { a: {} }, { a: { optional: true } }],
  ['it is a name that objects inherit', { constructor: {} }, { ret_code: {} }],
  ['there is no parameter', {}, { ret_code: {} }],
] as const)('it does not where %s', (_, params, reply) => {
  expect(namesRequest(api(params, reply))).toBe(false)
})

test('it does not where no signature covers what is repeated', () => {
  expect(namesRequest(api({ a: {} }, { a: {} }, ['a']))).toBe(false)
})

test.each(Object.entries(catalogue.card))('no reply of card.%s names its request', (_, card) => {
  expect(namesRequest(card)).toBe(false)
})
