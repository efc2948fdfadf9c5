import { defineApi } from '../../api/define-api.ts'
import { noAgree, payType, platform, retCode, userId, FOREIGN_TO_UNBIND } from '../../api/fields.ts'

const NOT_LISTED_ADVICE =
  'LianLian finds no such agreement. The usual causes: pay_type is missing (then "2" is assumed) or is not the one the card was bound with; user_id or platform differs; or the card was unbound before. Nothing proves which.'

/**
 * Unbinds a bound card.
 *
 * The success reply names neither the customer nor the agreement. Its signature proves that LianLian said
 * "done" to some request; that it was this one rests on TLS.
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
  doubt: 'The card may have been unbound.',
  params: {
    /** The customer's id in your system, up to 32 characters. */
    user_id: userId,
    /** The agreement number of the bound card, up to 32 characters. */
    no_agree: noAgree,
    /**
     * The product that the card was bound for: 2 express debit (assumed if omitted), 3 express
     * credit, D verified, P new verified, M easypay regular, F easypay pre-authorised.
     */
    pay_type: { ...payType, optional: true },
    /** Only for merchants that share customers with another oid_partner; otherwise omit it. */
    platform: { ...platform, optional: true },
  },
  reply: {
    /** The return code; `0000` is success. */
    ret_code: retCode,
    /** LianLian's wording of the return code. */
    ret_msg: { optional: true },
  },
  notListed: ['3003', '3011', '8901'],
  foreignFields: FOREIGN_TO_UNBIND,
  settledBy: 'card.list',
  assumed: { pay_type: '2' },
  advice: {
    '3003': NOT_LISTED_ADVICE,
    '3011': NOT_LISTED_ADVICE,
    '8901': NOT_LISTED_ADVICE,
    '5601': 'Use the pay_type that the card was bound with, or ensureUnbound.',
  },
})
