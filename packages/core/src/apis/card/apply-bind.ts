import { defineApi } from '../../api/define-api.ts'
import { payType, platform, retCode, userId } from '../../api/fields.ts'
import { LIST_FIELDS, ORDER_FIELDS } from '../../api/foreign-fields.ts'

/**
 * Applies for the binding of a card: LianLian sends its holder an SMS, and answers with the token that
 * `verifyBind` needs within 30 minutes.
 *
 * This is the plain variant of `traderapi`; that of `mpayapi` travels encrypted.
 *
 * @see https://github.com/LianLianPay/GitBook-Docs-en (card-bind-apply-api.md)
 */
export const applyBind = /* @__PURE__ */ defineApi({
  id: 'card.apply-bind',
  summary: 'Apply for the binding of a card; its holder gets an SMS',
  host: 'traderapi',
  path: '/bankcardbind.htm',
  effect: 'change',
  doubt: 'The SMS may have been sent all the same.',
  recourse: 'Nothing is bound yet: applying again sends another SMS with another token.',
  params: {
    user_id: userId,
    pay_type: {
      ...payType,
      description: 'The product to bind for: D verified, M easypay debit, N easypay credit',
    },
    card_no: {
      pattern: /^[0-9]{12,19}$/,
      secret: true,
      description: 'The whole card number: digits only',
    },
    acct_name: { max: 64, secret: true, description: "The holder's name, as the bank knows it" },
    bind_mob: {
      pattern: /^[0-9]{11}$/,
      secret: true,
      description: "The holder's mobile number at the bank, 11 digits",
    },
    id_type: {
      pattern: /^[0-9A-Z]{1,2}$/,
      description:
        'The kind of identity document: 0 identity card, 2 passport, 3 officer, 4 Hong Kong or Macau, 6 Taiwan, 9 police, X other',
    },
    id_no: { max: 32, secret: true, description: 'The number of that document' },
    risk_item: {
      json: true,
      description: 'What LianLian asks for to judge the risk: a JSON object, or its text',
    },
    vali_date: {
      pattern: /^[0-9]{4}$/,
      secret: true,
      optional: true,
      description: 'For a credit card: when it expires, four digits',
    },
    cvv2: {
      pattern: /^[0-9]{3,4}$/,
      secret: true,
      optional: true,
      description: 'For a credit card: the three digits on its back',
    },
    platform: { ...platform, optional: true },
    api_version: {
      pattern: /^[0-9.]{1,6}$/,
      optional: true,
      default: '2.1',
      description: 'The version of the request; 2.1 unless told',
    },
  },
  reply: {
    ret_code: retCode,
    ret_msg: { optional: true },
    token: {},
    user_id: { optional: true },
  },
  signTypes: ['RSA'],
  success: ['0000'],
  notListed: [],
  unsignedFields: [],
  signedText: ['token'],
  foreignFields: [...LIST_FIELDS, ...ORDER_FIELDS, 'bank_code', 'bank_name', 'no_agree'],
  assumed: {},
  advice: {
    '7018': 'A user_id belongs to one person as long as a card is bound to it: check whose it is.',
    '9913': 'The card is bound already: card.list has its no_agree.',
  },
})
