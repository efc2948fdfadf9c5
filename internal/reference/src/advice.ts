import type { Text } from './language.ts'

/** What to do after a return code, by its category. */
export const ADVICE: Readonly<Record<string, Text>> = {
  success: { en: 'Done.', zh: '成功，无需处理。' },
  signature: {
    en: 'Check that the private key belongs to the public key in the merchant console, and that `oid_partner` is its merchant.',
    zh: '检查私钥与商户站上传的公钥是否配对，`oid_partner` 是否为该商户。',
  },
  parameter: {
    en: 'Correct the parameter that LianLian names in `ret_msg`, and call again.',
    zh: '按 `ret_msg` 指出的参数名修正后重新发起。',
  },
  'auth-or-config': {
    en: 'Ask LianLian to set the merchant up: number, product permission, or IP allow-list (1008).',
    zh: '联系连连支付检查商户配置：商户号、产品权限或 IP 白名单（1008）。',
  },
  'not-found': {
    en: 'Check `user_id`, `no_agree`, `pay_type` and `platform`.',
    zh: '检查 `user_id`、`no_agree`、`pay_type`、`platform`。',
  },
  'card-or-user': {
    en: 'Only the customer or the issuing bank can mend this; do not repeat the call.',
    zh: '只有用户或发卡行才能解决，不要重复请求。',
  },
  limit: {
    en: 'A limit was reached: try later, or ask LianLian to raise it.',
    zh: '已达上限：稍后再试，或联系连连支付调整。',
  },
  duplicate: {
    en: 'Query what exists already before calling again.',
    zh: '先查询已有的记录，再决定是否重新发起。',
  },
  risk: {
    en: "LianLian's risk control refused; ask LianLian.",
    zh: '被连连支付风控拦截，请联系连连支付。',
  },
  processing: {
    en: 'It is still running: ask for the state before calling again.',
    zh: '仍在处理中：先查询状态，不要直接重发。',
  },
  'bank-or-network-transient': {
    en: 'It may have been carried out: query before calling again.',
    zh: '可能已经执行：先查询，再决定是否重发。',
  },
  system: {
    en: 'It may have been carried out: query before calling again; ask LianLian if it persists.',
    zh: '可能已经执行：先查询，再决定是否重发；持续出现请联系连连支付。',
  },
  other: {
    en: 'Look at `ret_msg`, and ask LianLian if it persists.',
    zh: '查看 `ret_msg`；持续出现请联系连连支付。',
  },
}

/** What to do after a code of a query that says nothing of its result. */
export const ASK_AGAIN: Text = {
  en: 'Ask again later; ask LianLian if it persists.',
  zh: '稍后再查；持续出现请联系连连支付。',
}

/** What to do after the codes of an endpoint that say more than their category, in Chinese. */
const API_ADVICE_ZH: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'card.unbind': {
    '3003':
      '连连支付查不到该协议。常见原因：没有传 `pay_type`（默认按 `2` 查）或与绑卡时的产品不一致；`user_id` 或 `platform` 不对；卡此前已解绑。返回码本身无法区分是哪一种。',
    '5601': '传绑卡时所用的 `pay_type`。',
  },
  'card.query-bin': { '5001': '连连支付不认识该卡号前缀：检查卡号。' },
  'card.apply-bind': {
    '7018': '只要名下还有已绑定的卡，一个 `user_id` 就只属于一个自然人：核对是谁的 `user_id`。',
    '9913': '该卡已绑定：用 `card.list` 查询其 `no_agree`。',
  },
  'card.verify-bind': {
    '1000': '令牌有效期 30 分钟，且只对应一个 `user_id`：重新申请绑卡。',
    '1900': '请用户输入最新一条短信中的验证码。',
    '1901': '重新申请绑卡，系统会下发新的短信。',
  },
}

/** Codes with the advice of another one. */
const SAME: Readonly<Record<string, string>> = { '3011': '3003', '8901': '3003' }

/** The Chinese advice of an endpoint after a code. */
export function apiAdviceZh(id: string, code: string): string | undefined {
  const own = API_ADVICE_ZH[id]
  return own?.[code] ?? own?.[SAME[code] ?? '']
}
