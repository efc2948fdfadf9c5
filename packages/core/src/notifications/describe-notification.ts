import type { LocalizedText } from '../text.ts'
import type { NotificationKind } from './kinds.ts'

/** What each kind announces. */
export const KIND_SUMMARIES: Readonly<Record<NotificationKind, LocalizedText>> = {
  payment: { en: 'A customer has paid an order', zh: '用户已付款' },
  refund: { en: 'A refund is done or has failed', zh: '退款完成或失败' },
  payout: { en: 'A payout is done, has failed, or was returned', zh: '代付完成、失败或退汇' },
  bind: { en: "A card was bound on LianLian's page", zh: '用户在连连支付页面绑了卡' },
  exchange: { en: 'A customer has paid an order in another currency', zh: '用户以其他币种付款' },
}

/** What the members of notifications mean. A text names a kind where the meaning depends on it. */
export const NOTIFICATION_MEMBERS: Readonly<Record<string, LocalizedText>> = {
  oid_partner: { en: 'the merchant number', zh: '商户号' },
  sign_type: { en: 'the signature algorithm, `RSA`', zh: '签名算法，`RSA`' },
  no_order: { en: 'your number of the order or binding', zh: '你的订单号或绑卡流水号' },
  dt_order: {
    en: 'when you created it: `yyyyMMddHHmmss`, Beijing time',
    zh: '你创建的时间：`yyyyMMddHHmmss`，北京时间',
  },
  oid_paybill: { en: "LianLian's number of the order", zh: '连连支付的订单号' },
  money_order: {
    en: 'the amount as text, in yuan; in `currency_order` for an exchange',
    zh: '金额（文本），单位为元；exchange 的币种见 `currency_order`',
  },
  settle_date: { en: 'the settlement day: `yyyyMMdd`', zh: '清算日期：`yyyyMMdd`' },
  info_order: {
    en: 'your own text; for a payout that failed, also the reason',
    zh: '你的订单说明；代付失败时也可能是原因',
  },
  result_pay: {
    en: 'the result; only `SUCCESS`, and for a payout also `FAILURE` and `CANCEL`, are final',
    zh: '结果；终态只有 `SUCCESS`，代付还有 `FAILURE` 与 `CANCEL`',
  },
  pay_type: { en: 'the product that was paid with', zh: '付款所用的产品' },
  bank_code: { en: "the code of the customer's bank", zh: '银行编码' },
  no_agree: { en: 'the agreement number of the card', zh: '卡的协议号' },
  id_type: {
    en: "the kind of the customer's identity document; only if LianLian configured it",
    zh: '证件类型；仅在连连支付配置后发送',
  },
  id_no: {
    en: 'the identity number: personal data; only if LianLian configured it',
    zh: '证件号：个人信息；仅在连连支付配置后发送',
  },
  acct_name: {
    en: "the customer's name: personal data; only if LianLian configured it",
    zh: '姓名：个人信息；仅在连连支付配置后发送',
  },
  card_no: { en: 'the card number, masked: card data', zh: '掩码后的卡号：卡数据' },
  no_refund: {
    en: 'your number of the refund; this or `oid_refundno` is always present',
    zh: '你的退款号；它与 `oid_refundno` 至少有一个',
  },
  dt_refund: {
    en: 'when you created the refund: `yyyyMMddHHmmss`, Beijing time',
    zh: '你创建退款的时间：`yyyyMMddHHmmss`，北京时间',
  },
  money_refund: { en: 'the amount as text, in yuan', zh: '退款金额（文本），单位为元' },
  oid_refundno: { en: "LianLian's number of the refund", zh: '连连支付的退款号' },
  sta_refund: {
    en: 'the state: `2` done, `3` failed; any other value is not final',
    zh: '状态：`2` 完成，`3` 失败；其他值不是终态',
  },
  money_foreign_refund: { en: 'the amount in the foreign currency', zh: '外币退款金额' },
  rate: { en: 'the exchange rate', zh: '汇率' },
  rate_id: { en: "LianLian's number of the exchange rate", zh: '连连支付的汇率编号' },
  exchange_bankcode: { en: 'the code of the bank that exchanged it', zh: '结售汇银行编码' },
  result_sign: {
    en: 'the result; only `SUCCESS` is final',
    zh: '结果；终态只有 `SUCCESS`',
  },
  currency_order: {
    en: 'the currency of `money_order`, such as `USD`',
    zh: '`money_order` 的币种，如 `USD`',
  },
  currency_settle: { en: 'the currency that is settled with you', zh: '与你清算的币种' },
  money_settle: { en: 'the amount that is settled with you', zh: '与你清算的金额' },
  currency_pay: { en: 'the currency that the customer paid in', zh: '用户付款的币种' },
  money_pay: { en: 'the amount that the customer paid', zh: '用户付款的金额' },
  exchange_rate: { en: 'the exchange rate', zh: '汇率' },
}
