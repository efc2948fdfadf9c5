import { defineApi } from '../../api/define-api.ts'
import { noAgree, payType, platform, retCode, userId } from '../../api/fields.ts'
import { FOREIGN_TO_UNBIND } from '../../api/foreign-fields.ts'

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
  params: {
    user_id: userId,
    no_agree: noAgree,
    pay_type: { ...payType, optional: true },
    platform: { ...platform, optional: true },
  },
  reply: {
    ret_code: retCode,
    ret_msg: { optional: true },
  },
  signTypes: ['RSA'],
  success: ['0000'],
  notListed: ['3003', '3011', '8901'],
  unsignedFields: [],
  foreignFields: FOREIGN_TO_UNBIND,
  settledBy: 'card.list',
  assumed: { pay_type: '2' },
  advice: {
    '3003': NOT_LISTED_ADVICE,
    '3011': NOT_LISTED_ADVICE,
    '8901': NOT_LISTED_ADVICE,
    '5601': 'Give the pay_type that the card was bound with.',
  },
})
