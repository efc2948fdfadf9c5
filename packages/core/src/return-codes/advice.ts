/**
 * What to do after a return code, in English and Chinese.
 *
 * @module @llpay/core/return-codes/advice
 */
import type { LocalizedText } from '../text.ts'
import type { ReturnCodeEntry } from './classes.ts'

/** What to do after the codes of a category, or after a code that says more than its category. */
const ADVICE_EN = {
  success: 'Nothing to do: the request was carried out.',
  signature:
    'Check that the private key matches the public key in the merchant console, and that oid_partner is that merchant.',
  parameter: 'Correct the parameter that ret_msg names, and call again.',
  'auth-or-config': "Ask LianLian to check the merchant's setup: its number, products and status.",
  'not-found':
    'Check user_id, no_agree, pay_type (default: 2) and platform; the card may also have been unbound earlier.',
  'card-or-user':
    'Only the customer or the issuing bank can fix this: inform the customer, and do not repeat the call.',
  limit: 'A limit was reached: try later, or ask LianLian to raise it.',
  duplicate:
    'It was already done, or its number is taken: query the existing record before calling again.',
  risk: "LianLian's risk control refused it: ask LianLian before trying again.",
  processing: 'It is still in progress: query its status before calling again.',
  'bank-or-network-transient': 'It may have been carried out: query before calling again.',
  system:
    'It may have been carried out: query before calling again, and report it to LianLian if it persists.',
  other: 'Check ret_msg and the status of the order or agreement; ask LianLian if it persists.',
  unlisted:
    'LianLian does not document this code for the classic API: treat the outcome as unknown.',
  '1001':
    'The public key in the merchant console does not match the private key, oid_partner is another merchant, or the request was signed incorrectly. llpay key convert FILE --public --as base64 prints the key to upload; llpay verify FILE --key FILE --explain explains what is wrong with a request.',
  '1008':
    'The IP address of your server is not on the allow-list: ask LianLian which address it sees, and have it added.',
  '3001':
    'LianLian does not know this merchant number: check oid_partner, and whether it belongs to the test or the live environment.',
} as const

/** Kept apart, so that a client in English never bundles them. */
const ADVICE_ZH: Readonly<Record<keyof typeof ADVICE_EN, string>> = {
  success: '已成功，无需处理。',
  signature: '检查私钥与商户站上传的公钥是否配对，oid_partner 是否为该商户。',
  parameter: '按 ret_msg 指出的参数名修正后重新发起。',
  'auth-or-config': '联系连连支付检查商户配置：商户号、产品权限、商户状态。',
  'not-found':
    '检查 user_id、no_agree、pay_type（不传时按 2 处理）、platform；卡也可能此前已解绑。',
  'card-or-user': '只有用户或发卡行才能解决：告知用户，不要重复请求。',
  limit: '已达上限：稍后再试，或联系连连支付调整。',
  duplicate: '此前已执行，或单号已被使用：先查询已有的记录，再决定是否重新发起。',
  risk: '被连连支付风控拦截：联系连连支付后再重试。',
  processing: '仍在处理中：先查询状态，不要直接重发。',
  'bank-or-network-transient': '可能已经执行：先查询，再决定是否重发。',
  system: '可能已经执行：先查询，再决定是否重发；持续出现请联系连连支付。',
  other: '查看 ret_msg 以及订单或签约的状态；持续出现请联系连连支付。',
  unlisted: '连连支付的经典接口文档中没有该返回码：按“结果未知”处理。',
  '1001':
    '商户站上的公钥与私钥不配对、oid_partner 不是该商户，或请求签名有误。用 llpay key convert FILE --public --as base64 输出应上传的公钥；用 llpay verify FILE --key FILE --explain 查看请求错在哪里。',
  '1008': '服务器出口 IP 不在白名单中：向连连支付确认它看到的 IP，并请其加入白名单。',
  '3001': '连连支付不认识该商户号：检查 oid_partner，以及它属于测试环境还是生产环境。',
}

type AdviceKey = keyof typeof ADVICE_EN

const hasAdvice = (key: string): key is AdviceKey => Object.hasOwn(ADVICE_EN, key)

const adviceKey = (code: string, category: string): AdviceKey =>
  [code, category].find(hasAdvice) ?? 'unlisted'

/** What to do after a code, in English: advice for the code itself, else for its category. */
export function adviceInEnglish(code: string, category: string): string {
  return ADVICE_EN[adviceKey(code, category)]
}

/** What to do after the codes of each category. */
export function categoryAdvice(): Record<string, LocalizedText> {
  const categories = Object.keys(ADVICE_EN).filter((key) => !/^\d/.test(key))
  return Object.fromEntries(categories.map((category) => [category, adviceFor('', category)]))
}

/**
 * What to do after a code: advice for the code itself, else for its category.
 *
 * @example
 * import { describeReturnCode } from '@llpay/core/return-codes'
 * import { adviceFor } from '@llpay/core/return-codes/advice'
 * const code = describeReturnCode('1008')
 * if (code !== undefined) console.log(adviceFor(code.code, code.category).zh)
 */
export function adviceFor(code: string, category: string): LocalizedText {
  const key = adviceKey(code, category)
  return { en: ADVICE_EN[key], zh: ADVICE_ZH[key] }
}

/** What to do after a query's code that says nothing about its result. */
export const QUERY_AGAIN: LocalizedText = {
  en: 'Query again later; ask LianLian if it persists.',
  zh: '稍后再查；持续出现请联系连连支付。',
}

/** Whether the same request may be sent again after a code. */
export interface RetryAdvice {
  /** For a request that changes something. */
  readonly change: LocalizedText
  /** For one that only queries. */
  readonly query: LocalizedText
}

const NOT_NEEDED: LocalizedText = { en: 'not needed', zh: '无需重发' }

const CHANGE: Readonly<Record<ReturnCodeEntry['class'], LocalizedText>> = {
  success: NOT_NEEDED,
  refused: {
    en: 'no: nothing was changed, and the reply would be the same',
    zh: '不可重发：没有任何变更，重发的结果相同',
  },
  unknown: { en: 'only after querying its outcome', zh: '先查询结果，再决定是否重发' },
}

/**
 * Whether the same request may be sent again after a code.
 *
 * @example
 * import { describeReturnCode } from '@llpay/core/return-codes'
 * import { retryAdvice } from '@llpay/core/return-codes/advice'
 * const code = describeReturnCode('9999')
 * if (code !== undefined) console.log(retryAdvice(code).change.en) // only after querying its outcome
 */
export function retryAdvice({
  class: kind,
  mayAskAgain,
}: Pick<ReturnCodeEntry, 'class'> & { readonly mayAskAgain: boolean }): RetryAdvice {
  const query = mayAskAgain
    ? { en: 'yes, after a while', zh: '可以，稍后重试' }
    : { en: 'no', zh: '不可重发' }
  return { change: CHANGE[kind], query: kind === 'success' ? NOT_NEEDED : query }
}

const NOT_LISTED_ZH =
  '连连支付查不到该协议。常见原因：没有传 pay_type（默认按 2 查）或与绑卡时的产品不一致；user_id 或 platform 不对；卡此前已解绑。返回码本身无法区分是哪一种。'

/** The Chinese of the API definitions' advice, by endpoint and code. */
const API_ADVICE_ZH: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'card.unbind': {
    '3003': NOT_LISTED_ZH,
    '3011': NOT_LISTED_ZH,
    '8901': NOT_LISTED_ZH,
    '5601': '传绑卡时所用的 pay_type。',
  },
  'card.query-bin': { '5001': '连连支付不认识该卡号前缀：检查卡号。' },
  'card.apply-bind': {
    '7018': '只要名下还有已绑定的卡，一个 user_id 就只属于一个自然人：核对是谁的 user_id。',
    '9913': '该卡已绑定：用 card.list 查询其 no_agree。',
  },
  'card.verify-bind': {
    '1000': '令牌有效期 30 分钟，且只对应一个 user_id：重新申请绑卡。',
    '1900': '请用户输入最新一条短信中的验证码。',
    '1901': '重新申请绑卡，系统会下发新的短信。',
  },
}

/**
 * An endpoint's own advice for a code, beyond the general advice.
 *
 * @param api - The definition of the endpoint.
 * @example
 * import { unbind } from '@llpay/core/apis/card'
 * import { apiAdvice } from '@llpay/core/return-codes/advice'
 * console.log(apiAdvice(unbind, '3003')?.zh)
 */
export function apiAdvice(
  api: { readonly id: string; readonly advice: Readonly<Record<string, string>> },
  code: string,
): LocalizedText | undefined {
  const en = api.advice[code]
  return en === undefined ? undefined : { en, zh: API_ADVICE_ZH[api.id]?.[code] ?? en }
}
