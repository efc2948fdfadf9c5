import { expect, test } from 'vitest'

import type { Reply } from '../reply.ts'
import { statusOfReply } from './list-status.ts'

const no_agree = '2014031710002121'
const row = { no_agree, card_no: '0000' }
const another = { no_agree: '1', card_no: '0000' }

const reply = (fields: object): Reply<object> => ({
  fields: { ret_code: '0000', user_id: 'u', ...fields },
  signature: 'verified',
  unsignedFields: ['agreement_list'],
  attempts: 1,
})

test.each<[string, object, string]>([
  ['a count with the row', { count: '1', agreement_list: [row] }, 'listed'],
  ['the row behind another', { count: '2', agreement_list: [another, row] }, 'listed'],
  ['a count of zero with no rows', { count: '0', agreement_list: [] }, 'not-listed'],
  ['a count of zero without a list', { count: '0' }, 'not-listed'],
  ['the row against a count of zero', { count: '0', agreement_list: [row] }, 'inconclusive'],
  ['another row against it', { count: '0', agreement_list: [another] }, 'inconclusive'],
  ['another row only', { count: '1', agreement_list: [another] }, 'inconclusive'],
  ['a count without rows', { count: '1', agreement_list: [] }, 'inconclusive'],
  ['a row that is text', { count: '1', agreement_list: [no_agree] }, 'inconclusive'],
  ['a row that is null', { count: '1', agreement_list: [null] }, 'inconclusive'],
  ['no count', { agreement_list: [row] }, 'inconclusive'],
  ['no count and no rows', {}, 'inconclusive'],
  ['a count of null', { count: null }, 'inconclusive'],
  ['a count that is a number', { count: 0 }, 'inconclusive'],
  ['a count of 00', { count: '00' }, 'inconclusive'],
  ['an empty count', { count: '' }, 'inconclusive'],
  ['a count with a blank', { count: '1 ', agreement_list: [row] }, 'inconclusive'],
  ['a negative count', { count: '-1', agreement_list: [row] }, 'inconclusive'],
])('%s', (_, fields, seen) => {
  expect(statusOfReply(reply(fields), no_agree)).toMatchObject({ seen })
})

test('only a signed count of zero is evidence that something is gone', () => {
  expect(statusOfReply(reply({ count: '0' }), no_agree)).toMatchObject({
    evidence: 'signed-query',
    reply: { signature: 'verified' },
  })
})
