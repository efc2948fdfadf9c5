import type { FormName } from './schema.ts'

/** No control characters, no lone surrogates, and no `&`, which would make the signed text ambiguous. */
const NO_AMPERSAND = /^[^&\u0000-\u001f\u007f-\u009f\ud800-\udfff]*$/u
const PLAIN = /^[^&=\u0000-\u001f\u007f-\u009f\ud800-\udfff]*$/u
const LETTERS = /^[A-Za-z0-9_-]+$/

/** Forms that a merchant's own key never has, but that programs turn it into. */
const MANGLED = [
  'outer_space',
  'invisible',
  'formula',
  'apostrophe',
  'digits_lost',
  'decimal',
] as const satisfies readonly FormName[]

/** Forms that LianLian's numbers and codes never have. */
const NOT_A_CODE = [
  'outer_space',
  'invisible',
  'formula',
  'apostrophe',
  'digits_lost',
  'decimal',
  'grouped',
  'full_width',
  'placeholder',
] as const satisfies readonly FormName[]

const LETTERS_ONLY = 'may only have ASCII letters, digits, - and _'

/** The customer's id: the merchant's own key, as long as no program mangled it. */
export const userId = { max: 32, pattern: NO_AMPERSAND, not: MANGLED } as const

/** An agreement number. */
export const noAgree = { max: 32, pattern: LETTERS, says: LETTERS_ONLY, not: NOT_A_CODE } as const

/** The products (`pay_type`) known today. LianLian adds products without notice. */
export const PAY_TYPES = ['2', '3', 'D', 'P', 'M', 'F', 'N'] as const

/** A product. Its values are not enforced. */
export const payType = {
  max: 32,
  pattern: LETTERS,
  says: LETTERS_ONLY,
  known: PAY_TYPES,
  not: NOT_A_CODE,
} as const

/** Merchants that share customers. */
export const platform = { max: 32, pattern: PLAIN, not: NOT_A_CODE } as const

/** Where a page of a list begins: the number of rows before it. */
export const offset = { pattern: /^(?:0|[1-9][0-9]{0,7})$/ } as const

/** A return code: four characters. */
export const retCode = { pattern: /^[0-9A-Z]{4}$/ } as const

/** Members that only order, payment and refund endpoints send. */
export const ORDER_FIELDS: readonly string[] = [
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
]

/** Members that only the endpoints for binding and looking up a card send. */
const CARD_FIELDS = ['token', 'card_no', 'card_type', 'bank_code', 'bank_name']

/** Members that only the list of bound cards sends. */
export const LIST_FIELDS: readonly string[] = ['count', 'agreement_list']

/** Members whose presence shows that a reply does not belong to `card.unbind`. */
export const FOREIGN_TO_UNBIND: readonly string[] = [
  ...LIST_FIELDS,
  ...CARD_FIELDS,
  ...ORDER_FIELDS,
]

/** Members whose presence shows that a reply does not belong to `card.list`. */
export const FOREIGN_TO_LIST: readonly string[] = [...CARD_FIELDS, ...ORDER_FIELDS]
