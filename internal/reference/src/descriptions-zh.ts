/**
 * What parameters and members mean, in Chinese, by name. A name that is missing here is described in
 * English, so that an endpoint can be added before it is translated.
 */
const DESCRIPTIONS_ZH: Readonly<Record<string, string>> = {
  user_id: '用户在商户系统中的唯一编号',
  no_agree: '签约协议号，代表已绑定的银行卡',
  pay_type:
    '绑卡时所属的支付产品：2 快捷支付（借记卡）、3 快捷支付（信用卡）、D 认证支付、P 新认证支付、M 便捷支付（普通）、F 便捷支付（预授权）',
  platform: '平台来源标识，仅供与其他商户号共享用户的商户使用；其他商户不要传',
  offset: '跳过的条数，0 表示从最新一条开始',
  card_no: '完整银行卡号，只含数字',
  token: '绑卡授权令牌，由绑卡申请返回，有效期 30 分钟',
  verify_code: '短信验证码，6 位数字',
  api_version: '接口版本号',
  risk_item: '风险控制参数，JSON 字符串；也可传对象，由 llpay 序列化一次',
  acct_name: '持卡人姓名',
  bind_mob: '银行预留手机号，11 位数字',
  id_type: '证件类型：0 身份证、2 护照、3 军官证、4 港澳通行证、6 台胞证、9 警官证、X 其他',
  id_no: '证件号码',
  vali_date: '信用卡有效期，4 位数字',
  cvv2: '信用卡背面末三位安全码',
}

/** What a parameter means where an endpoint means something of its own by it: id, blank, name. */
const OWN: Readonly<Record<string, string>> = {
  'card.apply-bind pay_type':
    '为哪个支付产品绑卡：D 认证支付、M 便捷支付（借记卡）、N 便捷支付（信用卡）',
  'card.query-bin api_version': '接口版本号：`1.0`，或不传',
}

/** What a parameter of an endpoint means, in Chinese. */
export const describeZh = (id: string, name: string): string | undefined =>
  OWN[`${id} ${name}`] ?? DESCRIPTIONS_ZH[name]

/** What endpoints do, in Chinese, by id. */
export const SUMMARIES_ZH: Readonly<Record<string, string>> = {
  'card.unbind': '解绑银行卡',
  'card.list': '查询用户已绑定的银行卡',
  'card.query-bin': '查询银行卡卡 BIN 信息',
  'card.apply-bind': '申请绑定银行卡，连连支付向用户下发短信验证码',
  'card.verify-bind': '用短信验证码确认绑卡，得到签约协议号',
}
