import { defineApi } from '../../api/define-api.ts'
import {
  noAgree,
  offset,
  payType,
  platform,
  retCode,
  userId,
  FOREIGN_TO_LIST,
} from '../../api/fields.ts'

/** A bound card in the list. No signature covers it: it rests on TLS alone. */
const agreement = {
  /** The agreement number of the bound card. */
  no_agree: {},
  /** The card number, or its last digits. */
  card_no: { optional: true },
  /** The type of the card: 2 debit, 3 credit. */
  card_type: { optional: true },
  /** The bank's code. */
  bank_code: { optional: true },
  /** The bank's name. */
  bank_name: { optional: true },
  /** The mobile number that it was bound with, usually masked. */
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
    /** The customer's id in your system, up to 32 characters. */
    user_id: userId,
    /**
     * The product that the card was bound for: 2 express debit (assumed if omitted), 3 express
     * credit, D verified, P new verified, M easypay regular, F easypay pre-authorised.
     */
    pay_type: { ...payType, optional: true },
    /** Only for merchants that share customers with another oid_partner; otherwise omit it. */
    platform: { ...platform, optional: true },
    /** The agreement number of the bound card, up to 32 characters. */
    no_agree: { ...noAgree, optional: true },
    /** How many rows to skip; 0 starts at the newest. */
    offset: { ...offset, optional: true, default: '0' },
  },
  reply: {
    /** The return code; `0000` is success. */
    ret_code: retCode,
    /** LianLian's wording of the return code. */
    ret_msg: { optional: true },
    /** The customer's id in your system. */
    user_id: {},
    /** The number of agreements, as text. */
    count: { pattern: /^(?:0|[1-9][0-9]*)$/ },
    /** The agreements, newest first. */
    agreement_list: { rows: agreement, optional: true },
  },
  notListed: ['3003', '3011', '8901'],
  unsignedFields: ['agreement_list'],
  signedText: ['user_id', 'count'],
  foreignFields: FOREIGN_TO_LIST,
  assumed: { pay_type: '2' },
})
