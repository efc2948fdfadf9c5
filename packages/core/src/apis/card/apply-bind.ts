import { defineApi } from '../../api/define-api.ts'
import { payType, platform, retCode, userId, LIST_FIELDS, ORDER_FIELDS } from '../../api/fields.ts'

/**
 * Applies to bind a card: LianLian sends its holder an SMS, and replies with the token that `verifyBind`
 * needs within 30 minutes.
 *
 * This is the plain variant of `traderapi`; the variant of `mpayapi` is encrypted.
 *
 * @see https://github.com/LianLianPay/GitBook-Docs-en (card-bind-apply-api.md)
 */
export const applyBind = /* @__PURE__ */ defineApi({
  id: 'card.apply-bind',
  summary: 'Apply to bind a card; its holder receives an SMS',
  host: 'traderapi',
  path: '/bankcardbind.htm',
  effect: 'change',
  doubt: 'The SMS may have been sent.',
  recourse: 'Nothing is bound yet: apply again, which sends another SMS with another token.',
  params: {
    /** The customer's id in your system, up to 32 characters. */
    user_id: userId,
    /** The product to bind for: D verified, M easypay debit, N easypay credit. */
    pay_type: {
      ...payType,
    },
    /** The full card number, digits only. */
    card_no: {
      pattern: /^[0-9]{12,19}$/,
      secret: true,
    },
    /** The holder's name, as registered with the bank. */
    acct_name: { max: 64, secret: true },
    /** The holder's mobile number at the bank, 11 digits. */
    bind_mob: {
      pattern: /^[0-9]{11}$/,
      secret: true,
    },
    /**
     * The kind of identity document: 0 identity card, 2 passport, 3 officer, 4 Hong Kong or
     * Macau, 6 Taiwan, 9 police, X other.
     */
    id_type: {
      pattern: /^[0-9A-Z]{1,2}$/,
    },
    /** The number of that document. */
    id_no: { max: 32, secret: true },
    /** Risk control data that LianLian requires: a JSON object, or its text. */
    risk_item: {
      json: true,
    },
    /** For a credit card: its expiry date, four digits. */
    vali_date: {
      pattern: /^[0-9]{4}$/,
      secret: true,
      optional: true,
    },
    /** For a credit card: the three digits on its back. */
    cvv2: {
      pattern: /^[0-9]{3,4}$/,
      secret: true,
      optional: true,
    },
    /** Only for merchants that share customers with another oid_partner; otherwise omit it. */
    platform: { ...platform, optional: true },
    /** The version of the request. */
    api_version: {
      pattern: /^[0-9.]{1,6}$/,
      optional: true,
      default: '2.1',
    },
  },
  reply: {
    /** The return code; `0000` is success. */
    ret_code: retCode,
    /** LianLian's wording of the return code. */
    ret_msg: { optional: true },
    /** The token for the next step, valid for 30 minutes. */
    token: {},
    /** The customer's id in your system. */
    user_id: { optional: true },
  },
  signedText: ['token'],
  foreignFields: [...LIST_FIELDS, ...ORDER_FIELDS, 'bank_code', 'bank_name', 'no_agree'],
  advice: {
    '7018': 'A user_id belongs to one person while a card is bound to it: check whose it is.',
    '9913': 'The card is already bound: card.list shows its no_agree.',
  },
})
