/**
 * What LianLian's return codes say, in Chinese and English. The client never loads this table.
 *
 * @module @llpay/core/return-codes
 */
import { lookUpReturnCode, type ReturnCodeEntry } from './classes.ts'

/** A return code in words. */
export interface ReturnCode extends ReturnCodeEntry {
  readonly code: string
  /** LianLian's own wording. */
  readonly zh: string
  readonly en: string
  /** Whether a query that was replied with it may be asked again as it is, after a while. */
  readonly mayAskAgain: boolean
}

const MAY_ASK_AGAIN = new Set(
  '0106 1003 1007 1202 2003 2004 2005 2008 6601 8002 8111 8116 9000 9902 9903 9921 9970 9999'.split(
    ' ',
  ),
)

const TEXTS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  '0000': [
    '交易成功',
    'Request accepted and completed (for order/payment APIs look at result_pay as well)',
  ],
  '0106': ['签约银行卡信息查询失败', 'Lookup of the stored card agreement failed'],
  '1000': [
    '支付授权令牌失效或错误',
    'Token is wrong or older than 30 minutes; restart the apply step',
  ],
  '1001': ['商户请求签名错误', 'Merchant signature did not verify'],
  '1002': ['第三方单号重复', 'Merchant order number already used'],
  '1003': ['正在支付中,请稍后', 'A payment for this order is still running'],
  '1004': [
    '商户请求参数校验错误（具体参数名）',
    'A request parameter is missing or malformed; its name is in the message',
  ],
  '1005': [
    '支付处理失败',
    'Payment was declined for any of several reasons (binding, funds, bank limits)',
  ],
  '1006': ['支付单创建失败', 'Payment order could not be created'],
  '1007': ['网络链接繁忙', 'Vendor reports its network link is busy'],
  '1008': ['商户请求IP错误', 'Caller IP is not on the merchant whitelist'],
  '1009': ['暂停商户支付服务，请联系连连银通客服', 'Merchant service suspended by LianLian'],
  '1012': ['请求报文解析失败', 'Request body could not be parsed'],
  '1014': ['日累计金额或笔数超限', 'Daily amount or count limit exceeded'],
  '1016': ['交易金额超限', 'Amount above the allowed maximum'],
  '1019': ['单笔金额超限', 'Single-transaction limit exceeded'],
  '1100': ['无效卡号', 'Card number invalid or unsupported'],
  '1101': ['卡已挂失', 'Card reported lost'],
  '1102': ['无此发卡方', 'Issuer unknown'],
  '1103': ['银行卡有效期或CVV2错误', 'Expiry date or CVV2 wrong'],
  '1104': ['卡密码错误', 'Card PIN wrong'],
  '1105': ['卡号在黑名单中', 'Card blacklisted or restricted'],
  '1106': ['允许的输入PIN次数超限', 'Too many PIN attempts'],
  '1107': ['您的银行卡暂不支持在线支付业务', 'Card not enabled for online payment'],
  '1108': [
    '您输入的证件号、姓名或手机号有误',
    'ID number, name or phone does not match the bank record',
  ],
  '1109': ['卡号和证件号不符', 'Card number and ID number do not belong together'],
  '1110': ['卡状态异常', 'Card in an abnormal state'],
  '1111': ['交易异常，支付失败', 'Transaction failed abnormally'],
  '1112': ['证件号有误', 'ID number wrong'],
  '1113': ['持卡人姓名有误', 'Cardholder name wrong'],
  '1114': ['手机号有误', 'Phone number wrong'],
  '1115': ['该卡未预留手机号', 'Bank holds no phone number for the card'],
  '1200': [
    '用户选择的银行暂不支持，请重新选择其他银行进行支付/签约',
    'Selected bank not supported for pay/bind',
  ],
  '1201': ['银行卡变更失败', 'Changing the card failed'],
  '1202': ['银行卡查询失败', 'Card lookup failed'],
  '1805': ['暂不支持该银行', 'Bank not supported'],
  '1900': ['短信码校验错误', 'SMS code wrong'],
  '1901': ['短信码已失效', 'SMS code expired'],
  '1902': ['该卡交易金额超出免密限额', 'Amount above the no-verification limit of the card'],
  '2003': ['支付单创建', 'Order created, not yet paid'],
  '2004': ['签约处理中', 'Card agreement change still in progress'],
  '2005': [
    '原交易已在进行处理，请勿重复提交',
    'Original request still being processed; do not resubmit',
  ],
  '2006': ['交易已过期', 'Order expired / closed'],
  '2007': ['交易已支付成功', 'Order already paid'],
  '2008': ['交易处理中', 'Transaction in progress'],
  '3001': ['非法商户', 'Merchant id unknown or invalid'],
  '3002': ['用户生成错误', 'Creating the user record failed'],
  '3003': ['签约信息不存在', 'No such agreement (no_agree unknown)'],
  '3004': ['用户解约失败', 'Unbinding failed'],
  '3005': ['查询跨度不得高于3个月', 'Query window longer than three months'],
  '3006': ['用户不存在', 'User account not found'],
  '3007': ['[user_id]查询不存在', 'user_id not found'],
  '3008': ['查询截止日期错误', 'Query end date wrong'],
  '3009': ['重复签约', 'Card already being/been bound'],
  '3010': ['商户支付权限不足', 'Merchant not entitled to this payment product'],
  '3011': ['用户签约信息不存在', 'The user has no such agreement'],
  '4000': ['解约失败，请联系发卡行', 'Issuer refused to unbind; contact the issuing bank'],
  '4001': ['该订单不存在或非复核状态', 'Order unknown or not waiting for confirmation'],
  '4002': ['疑似重复提交订单', 'Suspected duplicate payout; needs the confirm call'],
  '4003': ['收款银行卡和姓名不一致', 'Payee card and name do not match'],
  '4004': [
    '疑似重复提交订单且收款银行卡和姓名不一致',
    'Suspected duplicate and payee card/name mismatch',
  ],
  '4005': ['商户没有实时付款权限', 'Merchant lacks the payout product'],
  '4006': ['敏感信息加密异常', 'Vendor-side encryption fault'],
  '4007': ['敏感信息解密异常', 'pay_load could not be decrypted'],
  '4008': ['验证码次数超限', 'More than 6 wrong confirm codes'],
  '4009': ['验证码异常', 'Confirm-code check failed abnormally'],
  '4010': ['验证码失效', 'Confirm code expired; order gets closed'],
  '4011': ['验证码不匹配', 'Confirm code does not match'],
  '4012': ['银行卡查询异常', 'Card lookup failed (usually unknown card number)'],
  '4103': ['账户异常', 'Merchant/payee account abnormal'],
  '4104': ['付款订单创建失败', 'Payout order not created'],
  '4105': ['大额行号查询失败', 'CNAPS number lookup failed'],
  '5001': ['卡bin校验失败', 'Card BIN not recognised'],
  '5002': ['原始交易不存在', 'Original transaction not found'],
  '5003': ['退款金额错误', 'Refund amount wrong'],
  '5004': ['商户状态异常，无法退款', 'Merchant state forbids refunds'],
  '5005': ['退款失败，请重试', 'Refund failed'],
  '5006': ['商户账户余额不足', 'Merchant balance too low'],
  '5007': ['累计退款金额大于原交易金额', 'Refunds would exceed the original amount'],
  '5008': ['原交易未成功', 'Original transaction not successful'],
  '5501': ['大额行号查询失败', 'CNAPS number lookup failed'],
  '5502': ['信用卡不支持提现', 'Credit card cannot receive a withdrawal'],
  '5503': ['商户提现权限不足', 'Merchant not entitled to withdrawals'],
  '5504': ['商户操作权限不足', 'Merchant not entitled to this operation'],
  '5505': ['该银行未进行配置，请联系客服', 'Bank not configured for the merchant'],
  '5506': ['商户备注解析失败', 'Merchant memo could not be parsed'],
  '5601': ['支付方式和卡类型不匹配', 'pay_type does not fit the card type'],
  '6001': ['卡余额不足', 'Card has insufficient funds'],
  '6002': ['该卡号未成功进行首次验证', 'Card has not passed its first verification'],
  '6601': ['获取银行请求地址失败，请稍后重试', 'Bank redirect URL could not be obtained'],
  '7001': ['用户已存在', 'User already exists'],
  '7017': ['金额不正确', 'Amount wrong'],
  '7018': ['新增银行卡用户信息不一致', 'New card belongs to different person than the user_id'],
  '7119': ['分账信息有误（分期付定期扣款）', 'Revenue-sharing data wrong'],
  '7777': ['需要补全签约信息', 'More signing information is required'],
  '8000': ['用户信息不存在', 'User information not found'],
  '8001': ['文件异常', 'File problem'],
  '8002': ['生成文件异常', 'File could not be generated'],
  '8003': ['解析文件异常', 'File could not be parsed'],
  '8006': ['汇兑异常', 'Currency exchange failed'],
  '8010': ['付款人信息不存在', 'Payer information not found'],
  '8099': ['实名认证失败', 'Real-name check failed'],
  '8101': ['无此扣款计划信息', 'Repayment plan not found'],
  '8102': ['当前扣款计划已执行，请勿重复执行', 'Instalment already executed'],
  '8103': ['还款计划通知短信发送失败', 'Repayment notice SMS not sent'],
  '8104': ['扣款失败', 'Deduction failed'],
  '8105': ['变更还款次数超过限制', 'Too many plan changes'],
  '8106': [
    '该签约协议号未授权该扣款协议号进行扣款',
    'Agreement not authorised for this repayment plan',
  ],
  '8107': ['扣款计划校验失败', 'Repayment plan failed validation'],
  '8108': ['变更计划失败', 'Changing the plan failed'],
  '8109': ['计划保存失败', 'Saving the plan failed'],
  '8110': ['验证码错误', 'Verification code wrong'],
  '8111': ['用户查询失败', 'User lookup failed'],
  '8112': ['变更计划状态失败', 'Changing the plan state failed'],
  '8113': ['分期计划不存在', 'Instalment plan not found'],
  '8114': ['扣款方式不符', 'Wrong pay_type for the plan'],
  '8115': ['还款卡授权失败', 'Repayment card authorisation failed'],
  '8116': ['定时任务执行失败', 'Scheduled job failed at the vendor'],
  '8117': ['幂等检查异常', 'Vendor idempotency check threw an exception'],
  '8888': ['短信已下发，需要再次验证', 'SMS sent; continue with the verify call'],
  '8901': ['没有记录', 'No matching record'],
  '8911': ['没有风控记录', 'No risk record for the payment'],
  '9000': ['银行维护中，请稍后再试', 'Bank under maintenance'],
  '9002': ['报文解析异常', 'Request message could not be parsed'],
  '9091': ['创建支付失败', 'Payment could not be created'],
  '9092': ['支付单号与订单号不一致', 'LianLian payment id and merchant order id do not match'],
  '9093': ['无对应的支付单信息', 'No such payment order'],
  '9094': ['请求银行扣款失败', 'Bank refused or failed the charge'],
  '9104': ['对公账户余额不足', 'Merchant corporate account balance too low'],
  '9700': ['短信验证码错误', 'SMS code wrong'],
  '9701': ['短信验证码和手机不匹配', 'SMS code was sent to a different phone'],
  '9702': [
    '验证码错误次数超过最大次数,请重新获取进行验证',
    'Too many wrong SMS codes; request a new one',
  ],
  '9703': ['短信验证码失效,请重新获取', 'SMS code expired; request a new one'],
  '9704': ['短信发送异常,请稍后重试', 'SMS could not be sent'],
  '9901': ['请求报文非法', 'Request message illegal'],
  '9902': ['接口调用异常', 'Exception while the interface was invoked'],
  '9903': ['请求无效，请稍后重试', 'Request judged invalid; try later or ask support'],
  '9904': [
    '支付参数和原创建支付单参数不一致',
    'Parameters differ from those the order was created with',
  ],
  '9907': ['银行编码与卡不一致', 'bank_code does not fit the card'],
  '9910': ['风险等级过高', 'Blocked by risk control'],
  '9911': ['金额超过指定额度', 'Amount above the configured limit'],
  '9912': ['该卡暂不支持', 'Card not supported'],
  '9913': ['该卡已签约成功', 'Card already bound'],
  '9920': ['退款失败', 'Refund failed'],
  '9921': ['退款查询失败', 'Refund query failed'],
  '9970': ['银行系统日切处理中', 'Bank end-of-day cut-over in progress'],
  '9983': ['商户订单号重复', 'Merchant order number already used'],
  '9990': [
    '银行交易出错，{银行返回的错误信息}，请稍后重试',
    'Bank-side error with the bank text inlined',
  ],
  '9991': ['银行交易出错，请联系客服', 'Bank-side error; contact support'],
  '9999': ['系统错误', 'Internal error at LianLian, outcome unknown'],
}

/**
 * Says what a return code of the classic API means; `undefined` for a code that is not in the table.
 *
 * @example
 * import { describeReturnCode } from '@llpay/core/return-codes'
 * console.log(describeReturnCode('3003')?.en)
 */
export function describeReturnCode(code: string): ReturnCode | undefined {
  if (!Object.hasOwn(TEXTS, code)) return undefined
  const texts = TEXTS[code]
  if (texts === undefined) return undefined
  const mayAskAgain = MAY_ASK_AGAIN.has(code)
  return { code, zh: texts[0], en: texts[1], mayAskAgain, ...lookUpReturnCode(code) }
}

/** Every return code of the classic API, in ascending order. */
export function listReturnCodes(): ReturnCode[] {
  return Object.keys(TEXTS)
    .toSorted()
    .flatMap((code) => describeReturnCode(code) ?? [])
}
