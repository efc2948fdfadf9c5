/** Members that only order, payment and refund endpoints answer with. */
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

/** Members that only the endpoints for binding and looking up a card answer with. */
const CARD_FIELDS = ['token', 'card_no', 'card_type', 'bank_code', 'bank_name']

/** Members that only the list of bound cards answers with. */
export const LIST_FIELDS: readonly string[] = ['count', 'agreement_list']

/** Members whose presence shows that an answer is not one of an unbind. */
export const FOREIGN_TO_UNBIND: readonly string[] = [
  ...LIST_FIELDS,
  ...CARD_FIELDS,
  ...ORDER_FIELDS,
]

/** Members whose presence shows that an answer is not a list of bound cards. */
export const FOREIGN_TO_LIST: readonly string[] = [...CARD_FIELDS, ...ORDER_FIELDS]
