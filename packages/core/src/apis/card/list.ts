import { defineApi } from '../../api/define-api.ts'
import { noAgree, offset, payType, platform, retCode, userId } from '../../api/fields.ts'
import { FOREIGN_TO_LIST } from '../../api/foreign-fields.ts'

/** A bound card in the list. No signature covers it: it rests on TLS alone. */
const agreement = {
  no_agree: {},
  card_no: { optional: true },
  card_type: { optional: true },
  bank_code: { optional: true },
  bank_name: { optional: true },
  bind_mobile: { optional: true },
} as const

/**
 * Lists the bound cards of a customer, a page at a time; `listCards` walks the pages.
 *
 * @see https://github.com/LianLianPay/GitBook-Docs-en (card-bind-query-api.md)
 */
export const list = /* @__PURE__ */ defineApi({
  id: 'card.list',
  summary: "List a customer's bound bank cards",
  host: 'queryapi',
  path: '/bankcardbindlist.htm',
  effect: 'read',
  params: {
    user_id: userId,
    pay_type: { ...payType, optional: true },
    platform: { ...platform, optional: true },
    no_agree: { ...noAgree, optional: true },
    offset: { ...offset, optional: true, default: '0' },
  },
  reply: {
    ret_code: retCode,
    ret_msg: { optional: true },
    user_id: {},
    count: { pattern: /^(?:0|[1-9][0-9]*)$/ },
    agreement_list: { rows: agreement, optional: true },
  },
  signTypes: ['RSA'],
  success: ['0000'],
  notListed: ['3003', '3011', '8901'],
  unsignedFields: ['agreement_list'],
  signedText: ['user_id', 'count'],
  foreignFields: FOREIGN_TO_LIST,
  assumed: { pay_type: '2' },
  advice: {},
})
