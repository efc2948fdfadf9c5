import type { TextField } from '../api/schema.ts'

/** The kinds of notifications that LianLian sends. */
export type NotificationKind = 'payment' | 'refund' | 'payout' | 'bind' | 'exchange'

/** A kind of notification, as data. */
export interface KindDefinition {
  /** The members it may have, by name; others pass, too. */
  readonly fields: Readonly<Record<string, TextField>>
  /** The members that, with kind and merchant number, make the key it is deduplicated by; absent ones count as empty. */
  readonly key: readonly string[]
  /** Members; at least one of them is always there. */
  readonly oneOf?: readonly string[]
  /** The member with your own number of what it announces. */
  readonly number: string
  /** The member with the amount, in yuan or in the currency that `currency` names. */
  readonly money?: string
  /** The member with the amount's currency. */
  readonly currency?: string
}

/** What every notification has. */
const envelope = {
  /** The merchant number that LianLian assigned: 18 digits. */
  oid_partner: {},
  /** The signature algorithm, `RSA`; never what decides how the signature is verified. */
  sign_type: { optional: true },
} as const

/** What notifications about an order have. */
const order = {
  ...envelope,
  /** Your number of the order. */
  no_order: {},
  /** When you created the order: `yyyyMMddHHmmss`, Beijing time. */
  dt_order: {},
  /** LianLian's number of the order. */
  oid_paybill: {},
  /** The amount as text, in yuan, such as `49.9`. Compare it with `compareMoney`. */
  money_order: {},
  /** The day on which the amount is settled: `yyyyMMdd`. */
  settle_date: { optional: true },
  /** Your own text about the order; for a payout that failed, also the reason. */
  info_order: { optional: true },
} as const

/** The product that a payment was made with, for instance 2 express debit, 3 express credit, D verified. */
const payType = {
  known: [
    '2',
    '3',
    'P',
    'D',
    'M',
    'F',
    'N',
    'G',
    '27',
    '1',
    '8',
    '9',
    'I',
    'L',
    'Y',
    'W',
    'V',
    '20',
    '23',
    'U',
    'O',
  ],
} as const

/** The kinds of notifications by name. */
export const NOTIFICATIONS = {
  payment: {
    fields: {
      ...order,
      /** Always `SUCCESS`: nothing is sent for a payment that failed. */
      result_pay: { known: ['SUCCESS'] },
      /** The product that was paid with, such as `2`, `D` or `P`. LianLian adds products without notice. */
      pay_type: { ...payType, optional: true },
      /** The code of the customer's bank. */
      bank_code: { optional: true },
      /** The agreement number of the card, also of one that was bound by this payment. */
      no_agree: { optional: true },
      /** The kind of the customer's identity document. Only sent if LianLian configured it. */
      id_type: { optional: true },
      /** The number of the identity document: personal data. Only sent if LianLian configured it. */
      id_no: { optional: true, secret: true },
      /** The customer's name: personal data. Only sent if LianLian configured it. */
      acct_name: { optional: true, secret: true },
      /** The card number, masked: card data. Only sent if LianLian configured it. */
      card_no: { optional: true, secret: true },
    },
    key: ['oid_paybill', 'result_pay'],
    number: 'no_order',
    money: 'money_order',
  },
  refund: {
    fields: {
      ...envelope,
      /** Your number of the refund. One of `no_refund` and `oid_refundno` is always there. */
      no_refund: { optional: true },
      /** When you created the refund: `yyyyMMddHHmmss`, Beijing time. */
      dt_refund: { optional: true },
      /** The amount as text, in yuan. Compare it with `compareMoney`. */
      money_refund: { optional: true },
      /** LianLian's number of the refund. */
      oid_refundno: { optional: true },
      /** The state of the refund: `2` done, `3` failed. Any other value is not final. */
      sta_refund: { optional: true, known: ['2', '3'] },
      /** The day on which the amount is settled: `yyyyMMdd`. */
      settle_date: { optional: true },
      /** The amount in the foreign currency, for an exchange order. */
      money_foreign_refund: { optional: true },
      /** The exchange rate. */
      rate: { optional: true },
      /** LianLian's number of the exchange rate. */
      rate_id: { optional: true },
      /** The code of the bank that exchanged it. */
      exchange_bankcode: { optional: true },
    },
    key: ['no_refund', 'oid_refundno', 'sta_refund'],
    oneOf: ['no_refund', 'oid_refundno'],
    number: 'no_refund',
    money: 'money_refund',
  },
  payout: {
    fields: {
      ...order,
      /**
       * The result: `SUCCESS` paid, `FAILURE` failed, `CANCEL` returned after it had succeeded. Any other
       * value is not final.
       */
      result_pay: { known: ['SUCCESS', 'FAILURE', 'CANCEL'] },
    },
    key: ['oid_paybill', 'result_pay'],
    number: 'no_order',
    money: 'money_order',
  },
  bind: {
    fields: {
      ...envelope,
      /** Your number of the binding; the notification does not name the customer. */
      no_order: {},
      /** When you started the binding: `yyyyMMddHHmmss`, Beijing time. */
      dt_order: { optional: true },
      /** The result: `SUCCESS`. Any other value is not final. */
      result_sign: { known: ['SUCCESS'] },
      /** The agreement number of the bound card. */
      no_agree: { optional: true },
      /** The card number, masked: card data. */
      card_no: { optional: true, secret: true },
    },
    key: ['no_order', 'result_sign'],
    number: 'no_order',
  },
  exchange: {
    fields: {
      ...order,
      /** The amount as text, in the currency `currency_order`. Compare it with `compareMoney`. */
      money_order: {},
      /** The result: `SUCCESS`. Any other value, such as `PROCESSING`, is not final. */
      result_pay: { known: ['SUCCESS', 'PROCESSING'] },
      /** The product that was paid with. */
      pay_type: { ...payType, optional: true },
      /** The currency of `money_order`, such as `USD`. */
      currency_order: { optional: true },
      /** The currency that is settled with you. */
      currency_settle: { optional: true },
      /** The amount that is settled with you. */
      money_settle: { optional: true },
      /** The currency that the customer paid in. */
      currency_pay: { optional: true },
      /** The amount that the customer paid. */
      money_pay: { optional: true },
      /** The exchange rate. */
      exchange_rate: { optional: true },
      /** The code of the customer's bank. */
      bank_code: { optional: true },
      /** The agreement number of the card. */
      no_agree: { optional: true },
    },
    key: ['oid_paybill', 'result_pay'],
    number: 'no_order',
    money: 'money_order',
    currency: 'currency_order',
  },
} as const satisfies Readonly<Record<NotificationKind, KindDefinition>>

type Known<F> = F extends { readonly known: readonly (infer Value)[] }
  ? Value | (string & Record<never, never>)
  : string

/** Mapped member by member, so that the doc comments above reach the types made of them. */
type MembersOf<Fields> = {
  readonly [
    Name in keyof Fields as Fields[Name] extends { readonly optional: true } ? never : Name
  ]: Known<Fields[Name]>
} & {
  readonly [
    Name in keyof Fields as Fields[Name] extends { readonly optional: true } ? Name : never
  ]?: Known<Fields[Name]> | undefined
} & { readonly [name: string]: string | undefined }

/**
 * The members of a notification, all as text and without empty ones: those of its kind, and whatever else
 * LianLian signed.
 */
export type NotificationOf<K extends NotificationKind> = MembersOf<
  (typeof NOTIFICATIONS)[K]['fields']
>

/** Each kind's definition, for code that takes any. */
export const definitionOf = (kind: NotificationKind): KindDefinition => NOTIFICATIONS[kind]

type MemberTexts = ReadonlyMap<string, string>

const hasAny = (members: MemberTexts, names: readonly string[]) =>
  names.some((name) => members.has(name))

/** The members that only notifications of a kind have. The order counts: the first row that fits decides. */
const MARKS: readonly (readonly [NotificationKind, readonly string[]])[] = [
  ['refund', ['sta_refund', 'no_refund', 'oid_refundno']],
  ['bind', ['result_sign']],
  ['exchange', ['currency_order', 'currency_pay', 'exchange_rate']],
]

/**
 * What members show of a notification's kind: no member names it. `undefined` if nothing does.
 *
 * A payment without product and bank looks like a payout: only your own record tells them apart.
 */
export function kindShown(members: MemberTexts): NotificationKind | undefined {
  const marked = MARKS.find(([, names]) => hasAny(members, names))
  if (marked !== undefined) return marked[0]
  const result = members.get('result_pay')
  if (result === undefined) return undefined
  if (members.has('pay_type')) return 'payment'
  if (result === 'FAILURE' || result === 'CANCEL' || !members.has('bank_code')) return 'payout'
  return undefined
}
