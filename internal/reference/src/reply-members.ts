/** What the members of answers mean, by name. */
export const REPLY_MEMBERS: Readonly<Record<string, string>> = {
  oid_partner: 'The merchant number',
  user_id: "The customer's id",
  ret_code: 'The return code; `0000` is success',
  ret_msg: "LianLian's wording",
  sign_type: 'How it is signed; `RSA` is MD5withRSA',
  sign: 'The signature, in base64',
  count: 'How many agreements there are',
  agreement_list: 'The agreements, newest first',
  no_agree: 'The agreement number',
  card_no: 'The card number, or its last digits',
  card_type: '2 debit, 3 credit',
  bank_code: "The bank's code",
  bank_name: "The bank's name",
  bind_mobile: 'The phone number that is bound, as a rule masked',
  token: 'The token for the next step, good for 30 minutes',
}

/** The same in Chinese. */
export const REPLY_MEMBERS_ZH: Readonly<Record<string, string>> = {
  oid_partner: '商户号，18 位数字',
  sign_type: '签名方式；`RSA` 即 MD5withRSA',
  sign: '签名值，base64',
  ret_code: '返回码，`0000` 表示成功',
  ret_msg: '返回信息',
  count: '协议条数',
  agreement_list: '签约协议列表，最新的在前',
  card_type: '卡类型：2 借记卡，3 信用卡',
  bank_code: '银行编码',
  bank_name: '银行名称',
  bind_mobile: '绑定手机号，通常脱敏',
  user_id: '用户在商户系统中的唯一编号',
  no_agree: '签约协议号',
  card_no: '银行卡号，或其末几位',
  token: '绑卡授权令牌，下一步使用，有效期 30 分钟',
}
