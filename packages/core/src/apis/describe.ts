import type { Api } from '../api/define-api.ts'
import type { LocalizedText } from '../text.ts'
import type { CatalogueId } from './samples.ts'

/**
 * What parameters mean, in both languages, by name, or by endpoint and name where an endpoint means
 * something else. Apart from the definitions, so that a Worker never bundles it.
 *
 * The values of `pay_type` are documented, not enforced: LianLian adds products without notice.
 */
const PARAMETERS: Readonly<Record<string, LocalizedText>> = {
  user_id: {
    en: "The customer's id in your system, up to 32 characters",
    zh: '用户在商户系统中的唯一编号，最多 32 个字符',
  },
  no_agree: {
    en: 'The agreement number of the bound card, up to 32 characters',
    zh: '签约协议号，代表已绑定的银行卡，最多 32 个字符',
  },
  pay_type: {
    en: 'The product that the card was bound for: 2 express debit (assumed if omitted), 3 express credit, D verified, P new verified, M easypay regular, F easypay pre-authorised',
    zh: '绑卡时所属的支付产品：2 快捷支付（借记卡，不传时默认）、3 快捷支付（信用卡）、D 认证支付、P 新认证支付、M 便捷支付（普通）、F 便捷支付（预授权）',
  },
  'card.apply-bind pay_type': {
    en: 'The product to bind for: D verified, M easypay debit, N easypay credit',
    zh: '为哪个支付产品绑卡：D 认证支付、M 便捷支付（借记卡）、N 便捷支付（信用卡）',
  },
  platform: {
    en: 'Only for merchants that share customers with another oid_partner; otherwise omit it',
    zh: '平台来源标识，仅供与其他商户号共享用户的商户使用；其他商户不要传',
  },
  offset: {
    en: 'How many rows to skip; 0 starts at the newest',
    zh: '跳过的条数，0 表示从最新一条开始',
  },
  card_no: { en: 'The full card number, digits only', zh: '完整银行卡号，只含数字' },
  token: {
    en: 'The token in the reply to the application, valid for 30 minutes',
    zh: '绑卡授权令牌，由绑卡申请返回，有效期 30 分钟',
  },
  verify_code: {
    en: "The code from the SMS to the card's holder, 6 digits",
    zh: '短信验证码，6 位数字',
  },
  'card.query-bin api_version': {
    en: 'The version of the request: `1.0`; may be omitted',
    zh: '接口版本号：`1.0`，或不传',
  },
  api_version: { en: 'The version of the request', zh: '接口版本号' },
  risk_item: {
    en: 'Risk control data that LianLian requires: a JSON object, or its text',
    zh: '风险控制参数，JSON 字符串；也可传对象，由 llpay 序列化一次',
  },
  acct_name: {
    en: "The holder's name, as registered with the bank",
    zh: '持卡人姓名，与银行登记一致',
  },
  bind_mob: {
    en: "The holder's mobile number at the bank, 11 digits",
    zh: '银行预留手机号，11 位数字',
  },
  id_type: {
    en: 'The kind of identity document: 0 identity card, 2 passport, 3 officer, 4 Hong Kong or Macau, 6 Taiwan, 9 police, X other',
    zh: '证件类型：0 身份证、2 护照、3 军官证、4 港澳通行证、6 台胞证、9 警官证、X 其他',
  },
  id_no: { en: 'The number of that document', zh: '证件号码' },
  vali_date: {
    en: 'For a credit card: its expiry date, four digits',
    zh: '信用卡有效期，4 位数字',
  },
  cvv2: {
    en: 'For a credit card: the three digits on its back',
    zh: '信用卡背面末三位安全码',
  },
}

/** What the members of replies mean, in both languages, by name. */
const MEMBERS: Readonly<Record<string, LocalizedText>> = {
  oid_partner: { en: 'The merchant number, 18 digits', zh: '商户号，18 位数字' },
  user_id: { en: "The customer's id in your system", zh: '用户在商户系统中的唯一编号' },
  ret_code: { en: 'The return code; `0000` is success', zh: '返回码，`0000` 表示成功' },
  ret_msg: { en: "LianLian's wording of the return code", zh: '返回信息' },
  sign_type: { en: 'How it is signed; `RSA` is MD5withRSA', zh: '签名方式；`RSA` 即 MD5withRSA' },
  sign: { en: 'The signature, in base64', zh: '签名值，base64' },
  count: { en: 'The number of agreements, as text', zh: '协议条数' },
  agreement_list: { en: 'The agreements, newest first', zh: '签约协议列表，最新的在前' },
  no_agree: { en: 'The agreement number of the bound card', zh: '签约协议号' },
  card_no: { en: 'The card number, or its last digits', zh: '银行卡号，或其末几位' },
  card_type: { en: 'The type of the card: 2 debit, 3 credit', zh: '卡类型：2 借记卡，3 信用卡' },
  bank_code: { en: "The bank's code", zh: '银行编码' },
  bank_name: { en: "The bank's name", zh: '银行名称' },
  bind_mobile: {
    en: 'The mobile number that it was bound with, usually masked',
    zh: '绑定手机号，通常脱敏',
  },
  token: {
    en: 'The token for the next step, valid for 30 minutes',
    zh: '绑卡授权令牌，下一步使用，有效期 30 分钟',
  },
}

/** What endpoints do, in Chinese; the English summary is in the definition. */
const SUMMARIES_ZH: Readonly<Record<CatalogueId, string>> = {
  'card.unbind': '解绑银行卡',
  'card.list': '查询用户已绑定的银行卡',
  'card.query-bin': '查询银行卡卡 BIN 信息',
  'card.apply-bind': '申请绑定银行卡，连连支付向用户下发短信验证码',
  'card.verify-bind': '用短信验证码确认绑卡，得到签约协议号',
}

/** The languages of descriptions. */
type Language = keyof LocalizedText

/** A parameter of an endpoint, for help texts and documentation. */
export interface ParameterDescription {
  readonly name: string
  readonly description: string
  readonly required: boolean
  /** Whether it is card data or personal data. */
  readonly secret: boolean
}

function lookUp<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

/** Describes the parameters of an endpoint; one of your own by the descriptions in its definition. */
export function describeParams(api: Api, language: Language = 'en'): ParameterDescription[] {
  return Object.entries(api.params).map(([name, { description, optional, secret }]) => {
    const known = lookUp(PARAMETERS, `${api.id} ${name}`) ?? lookUp(PARAMETERS, name)
    return {
      name,
      description: description ?? known?.[language] ?? name,
      required: optional !== true,
      secret: secret === true,
    }
  })
}

/** What an endpoint does, in one line. */
export function describeApi(api: Api, language: Language = 'en'): string {
  return language === 'en' ? api.summary : (lookUp(SUMMARIES_ZH, api.id) ?? api.summary)
}

/** What a member of a reply means; its name if nobody has described it. */
export function describeMember(name: string, language: Language = 'en'): string {
  return lookUp(MEMBERS, name)?.[language] ?? name
}
