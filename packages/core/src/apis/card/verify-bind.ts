import { defineApi } from '../../api/define-api.ts'
import { retCode, userId } from '../../api/fields.ts'
import { LIST_FIELDS, ORDER_FIELDS } from '../../api/foreign-fields.ts'

/**
 * Binds the card that was applied for, with the code of the SMS. Its agreement number, `no_agree`, is
 * what `list` shows and `unbind` takes. LianLian may leave it out of the answer: then ask `list`.
 *
 * The path is spelled so.
 *
 * @see https://github.com/LianLianPay/GitBook-Docs-en (card-bind-verify-api.md)
 */
export const verifyBind = /* @__PURE__ */ defineApi({
  id: 'card.verify-bind',
  summary: 'Bind the card that was applied for, with the code of the SMS',
  host: 'traderapi',
  path: '/bankcardbindverfy.htm',
  effect: 'change',
  doubt: 'The card may be bound all the same.',
  params: {
    user_id: userId,
    token: { max: 64, secret: true, description: 'What the application was answered with' },
    verify_code: {
      pattern: /^[0-9]{4,8}$/,
      secret: true,
      description: 'The code that the holder of the card got by SMS, 6 digits',
    },
  },
  reply: {
    ret_code: retCode,
    ret_msg: { optional: true },
    user_id: { optional: true },
    no_agree: { optional: true },
    card_no: { optional: true },
  },
  signTypes: ['RSA'],
  success: ['0000'],
  notListed: [],
  unsignedFields: [],
  signedText: ['no_agree'],
  foreignFields: [...LIST_FIELDS, ...ORDER_FIELDS, 'token'],
  assumed: {},
  advice: {
    '1000': 'A token lasts 30 minutes and serves one user_id: apply again.',
    '1900': 'Ask the holder for the code of the newest SMS.',
    '1901': 'Apply again: that sends a new SMS.',
  },
})
