/** What each scenario does. */
const CHINESE: Readonly<Record<string, string>> = {
  normal: '像网关一样应答',
  'close-before': '什么都不执行，直接关闭连接',
  'close-after': '执行请求，然后关闭连接',
  slow: '执行请求，N 毫秒后应答（slow:3000）',
  late: 'N 毫秒后才执行请求并应答（late:3000）',
  tampered: '签名之后改动应答',
  unsigned: '不签名，成功时也不签',
  'wrong-key': '用非网关的密钥签名',
  'other-user': '应答中写另一个用户',
  code: '不执行，返回指定的返回码（code:9999、code:4000:signed、code:4000:forged）',
  status: '不执行，返回指定的 HTTP 状态（status:503）',
  'status-after': '执行请求，然后返回指定的 HTTP 状态（status-after:502）',
  html: '执行请求，然后返回 HTML 页面',
  truncated: '执行请求，只发送半个应答',
  duplicate: '执行请求，应答中 ret_code 出现两次',
}

/** Says in Chinese what a scenario does; unchanged if it is unknown. */
export const scenarioInChinese = (name: string, summary: string): string =>
  Object.hasOwn(CHINESE, name) ? (CHINESE[name] ?? summary) : summary
