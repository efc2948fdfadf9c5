import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { redact } from './redact.ts'

test('keeps names, structure and what is harmless, and hides every other value', () => {
  const message = {
    ret_code: '0000',
    user_id: 'CANARY',
    count: 2,
    agreement_list: [{ no_agree: 'CANARY', card_type: '2', more: { pay_type: 'D', x: 'CANARY' } }],
    nothing: null,
    pay_type: { nested: 'CANARY' },
  }
  expect(redact(message)).toEqual({
    ret_code: '0000',
    user_id: '[redacted]',
    count: 2,
    agreement_list: [
      {
        no_agree: '[redacted]',
        card_type: '2',
        more: { pay_type: 'D', x: '[redacted]' },
      },
    ],
    nothing: '[redacted]',
    pay_type: { nested: '[redacted]' },
  })
})

test('hides whatever stands alone, and every text of an unknown member at any depth', () => {
  expect(redact('CANARY')).toBe('[redacted]')
  const inner = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constant('CANARY'),
      fc.array(tie('value')),
      fc.dictionary(fc.constantFrom('user_id', 'x', '__proto__'), tie('value')),
    ),
  })).value
  fc.assert(
    fc.property(inner, (value) => {
      expect(JSON.stringify(redact(value))).not.toContain('CANARY')
    }),
  )
})
