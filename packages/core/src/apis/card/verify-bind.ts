import { defineApi } from '../../api/define-api.ts'
import { retCode, userId, LIST_FIELDS, ORDER_FIELDS } from '../../api/fields.ts'

/**
 * Binds the card that was applied for, with the code from the SMS. Its agreement number, `no_agree`, is
 * what `list` shows and `unbind` takes. LianLian may leave it out of the reply: then query `list`.
 *
 * `bankcardbindverfy.htm` is LianLian's spelling.
 *
 * @see https://github.com/LianLianPay/GitBook-Docs-en (card-bind-verify-api.md)
 */
export const verifyBind = /* @__PURE__ */ defineApi({
  id: 'card.verify-bind',
  summary: 'Bind the card with the code from the SMS',
  host: 'traderapi',
  path: '/bankcardbindverfy.htm',
  effect: 'change',
  doubt: 'The card may have been bound.',
  params: {
    /** The customer's id in your system, up to 32 characters. */
    user_id: userId,
    /** The token in the reply to the application, valid for 30 minutes. */
    token: { max: 64, secret: true },
    /** The code from the SMS to the card's holder, 6 digits. */
    verify_code: {
      pattern: /^[0-9]{4,8}$/,
      secret: true,
    },
  },
  reply: {
    /** The return code; `0000` is success. */
    ret_code: retCode,
    /** LianLian's wording of the return code. */
    ret_msg: { optional: true },
    /** The customer's id in your system. */
    user_id: { optional: true },
    /** The agreement number of the bound card. */
    no_agree: { optional: true },
    /** The card number, or its last digits. */
    card_no: { optional: true },
  },
  signedText: ['no_agree'],
  foreignFields: [...LIST_FIELDS, ...ORDER_FIELDS, 'token'],
  advice: {
    '1000': 'A token is valid for 30 minutes and one user_id: apply again.',
    '1900': 'Ask the holder for the code of the newest SMS.',
    '1901': 'Apply again: that sends a new SMS.',
  },
})
