import { defineApi } from '../../api/define-api.ts'
import { retCode } from '../../api/fields.ts'
import { LIST_FIELDS, ORDER_FIELDS } from '../../api/foreign-fields.ts'

/**
 * Tells a card's bank and kind by its number, before it is bound.
 *
 * @see https://github.com/LianLianPay/GitBook-Docs-en (card-bin-query-api.md)
 */
export const queryBin = /* @__PURE__ */ defineApi({
  id: 'card.query-bin',
  summary: "Tell a card's bank and kind by its number",
  host: 'queryapi',
  path: '/bankcardbin.htm',
  effect: 'read',
  params: {
    card_no: {
      pattern: /^[0-9]{12,19}$/,
      secret: true,
      description: 'The whole card number: digits only',
    },
    api_version: {
      pattern: /^[0-9.]{1,6}$/,
      optional: true,
      description: 'The version of the request: 1.0, or left out',
    },
  },
  reply: {
    ret_code: retCode,
    ret_msg: { optional: true },
    bank_code: {},
    bank_name: { optional: true },
    card_type: { optional: true },
    card_no: { optional: true },
  },
  signTypes: ['RSA'],
  success: ['0000'],
  notListed: [],
  unsignedFields: [],
  foreignFields: [...LIST_FIELDS, ...ORDER_FIELDS, 'token', 'no_agree'],
  assumed: {},
  advice: { '5001': 'LianLian does not know cards that begin so: check the number.' },
})
