import { scenarioNames, SCENARIOS } from '@llpay/sandbox'

import { t, type Phrase } from '../output/language.ts'

/** What each scenario plays, in Chinese; the sandbox has the English. */
const CHINESE: Readonly<Record<keyof typeof SCENARIOS, string>> = {
  normal: '像网关一样应答',
  'close-before': '什么都不执行就断开连接',
  'close-after': '执行请求，然后断开连接',
  slow: '执行请求，N 毫秒后应答（slow:3000）',
  late: 'N 毫秒后才执行请求并应答（late:3000）',
  tampered: '签名之后篡改应答',
  unsigned: '不带签名，成功时也不带',
  'wrong-key': '用不是网关的密钥签名',
  'other-user': '应答中换成另一个用户',
  code: '不执行，以返回码应答（code:9999、code:4000:signed 或 code:4000:forged）',
  status: '不执行，以 HTTP 状态码响应（status:503）',
  'status-after': '执行请求，以 HTTP 状态码响应（status-after:502）',
  html: '执行请求，返回一个 HTML 页面',
  truncated: '执行请求，只发送一半应答',
  duplicate: '执行请求，应答中 ret_code 出现两次',
}

/** Every scenario and what it plays, for help. */
export const SCENARIO_ROWS: readonly (readonly [string, Phrase])[] = scenarioNames().map((name) => [
  name,
  t(SCENARIOS[name].summary, CHINESE[name]),
])
