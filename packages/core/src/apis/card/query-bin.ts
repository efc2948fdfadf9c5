import { defineApi } from '../../api/define-api.ts'
import { retCode, LIST_FIELDS, ORDER_FIELDS } from '../../api/fields.ts'

/**
 * Looks up a card's bank and type by its number, before it is bound.
 *
 * @see https://github.com/LianLianPay/GitBook-Docs-en (card-bin-query-api.md)
 */
export const queryBin = /* @__PURE__ */ defineApi({
  id: 'card.query-bin',
  summary: "Look up a card's bank and type (BIN)",
  host: 'queryapi',
  path: '/bankcardbin.htm',
  effect: 'read',
  params: {
    /** The full card number, digits only. */
    card_no: {
      pattern: /^[0-9]{12,19}$/,
      secret: true,
    },
    /** The version of the request: `1.0`; may be omitted. */
    api_version: {
      pattern: /^[0-9.]{1,6}$/,
      optional: true,
    },
  },
  reply: {
    /** The return code; `0000` is success. */
    ret_code: retCode,
    /** LianLian's wording of the return code. */
    ret_msg: { optional: true },
    /** The bank's code. */
    bank_code: {},
    /** The bank's name. */
    bank_name: { optional: true },
    /** The type of the card: 2 debit, 3 credit. */
    card_type: { optional: true },
    /** The card number, or its last digits. */
    card_no: { optional: true },
  },
  foreignFields: [...LIST_FIELDS, ...ORDER_FIELDS, 'token', 'no_agree'],
  advice: { '5001': 'LianLian does not know this card number prefix: check the number.' },
})
