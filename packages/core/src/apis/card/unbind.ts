import * as v from 'valibot'

import { defineApi } from '../../api/define-api.ts'
import { noAgree, payType, platform, retCode, userId } from '../../api/fields.ts'

const NOT_LISTED_ADVICE =
  'LianLian finds no such agreement. The usual causes: pay_type is missing (then "2" is assumed) or is not the one the card was bound with; user_id or platform is another; or the card was unbound before. Nothing proves which.'

/**
 * Unbinds a bound card.
 *
 * The success answer names neither the customer nor the agreement, so its signature proves that
 * LianLian said "done" to somebody; that it was said to this request rests on TLS.
 *
 * @see https://github.com/LianLianPay/GitBook-Docs-en (card-bind-unbind-api.md)
 */
export const unbind = /* @__PURE__ */ defineApi({
  id: 'card.unbind',
  summary: 'Unbind a bound bank card',
  host: 'traderapi',
  path: '/bankcardunbind.htm',
  effect: 'change',
  outcome: 'unbound',
  doubt: 'The card may be unbound all the same.',
  params: /* @__PURE__ */ v.strictObject({
    user_id: userId,
    no_agree: noAgree,
    pay_type: /* @__PURE__ */ v.optional(payType),
    platform: /* @__PURE__ */ v.optional(platform),
  }),
  reply: /* @__PURE__ */ v.looseObject({
    ret_code: retCode,
    ret_msg: /* @__PURE__ */ v.optional(v.string()),
  }),
  signTypes: ['RSA'],
  success: ['0000'],
  notListed: ['3003', '3011', '8901'],
  unsignedFields: [],
  foreignFields: [
    'count',
    'agreement_list',
    'token',
    'card_no',
    'card_type',
    'bank_code',
    'bank_name',
    'no_order',
    'dt_order',
    'money_order',
    'oid_paybill',
    'info_order',
    'result_pay',
    'settle_date',
    'confirm_code',
    'repayment_no',
    'no_refund',
    'dt_refund',
    'money_refund',
    'oid_refundno',
    'sta_refund',
  ],
  assumed: { pay_type: '2' },
  advice: {
    '3003': NOT_LISTED_ADVICE,
    '3011': NOT_LISTED_ADVICE,
    '8901': NOT_LISTED_ADVICE,
    '5601': 'Give the pay_type that the card was bound with.',
  },
})
