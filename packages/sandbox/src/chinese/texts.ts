/** What the sandbox says in English, and the same in Chinese. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  // Why a check refused a request.
  [/^not valid JSON$/, '不是合法的 JSON'],
  [/^a member twice$/, '有字段重复出现'],
  [/^not a JSON object of well-formed text$/, '不是 JSON 对象，或含有不成形的字符'],
  [/^not UTF-8$/, '不是 UTF-8'],
  [/^not a message$/, '不是报文'],
  [/^(\S+) is not 18 digits$/, '$1 不是 18 位数字'],
  [/^(\S+) is not (\S+(?: or \S+)*)$/, '$1 不是 $2'],
  [/^(\S+) is missing$/, '缺少 $1'],
  [/^(\S+) is empty$/, '$1 为空'],
  [/^(\S+) is too long$/, '$1 过长'],
  [/^(\S+) is not a parameter of this endpoint$/, '$1 不是此接口的参数'],
  [/^(\S+) is not a JSON object$/, '$1 不是 JSON 对象'],
  [/^(\S+) is an object or an array, not text$/, '$1 是对象或数组，不是文本'],
  [/^(\S+) has a value that is not allowed$/, '$1 的值不被允许'],
  [/^unknown oid_partner$/, '未知的 oid_partner'],
  [/^sign is not base64$/, 'sign 不是 base64'],
  [/^signed in the order of the message, not sorted by name$/, '按报文顺序签名，没有按名称排序'],
  [/^signed with empty members$/, '签名时包含了空字段'],
  [/^signed without sign_type$/, '签名时漏掉了 sign_type'],
  [/^signed with URL-encoded values$/, '签名时对值做了 URL 编码'],
  [/^signed with trimmed values$/, '签名时去掉了值两端的空格'],
  [/^signed with an & behind the last member$/, '签名时末尾多了一个 &'],
  [/^signed the JSON text$/, '对 JSON 文本本身做了签名'],
  [/^signed with another merchant's key$/, '用另一个商户的密钥签名'],
  [
    /^does not verify with the merchant's public key.*$/,
    '商户公钥验签未通过：密钥不同，或字段不同',
  ],
  [/^not bound$/, '未绑定'],
  [/^bound for another customer$/, '绑定在另一个用户名下'],
  [/^bound on a platform$/, '绑定在某个 platform 下'],
  [/^not bound on this platform$/, '没有绑定在此 platform 下'],
  [/^bound under (.+); pay_type omitted means 2$/, '绑定在 $1 下；省略 pay_type 等于 2'],
  [/^bound under (.+)$/, '绑定在 $1 下'],
  [/^The sandbox has no such endpoint\.$/, '沙箱没有这个接口'],
  [/^LianLian takes POST only\.$/, '连连支付只接受 POST'],
  [/^The body is larger than 1 MiB\. Send less\.$/, '请求体超过 1 MiB'],
  [
    /^The sandbox does not serve this Host\. Call it by its address\.$/,
    '沙箱不响应此 Host，请用沙箱的地址',
  ],
  [/^The sandbox does not serve other web pages\.$/, '沙箱不响应其他网页'],
  [/^There is no such scenario\..*$/, '没有这个场景'],
  [/^unknown card prefix$/, '未知的卡号前缀'],
  [/^no such token for this customer$/, '此用户没有这个 token'],
  [/^the code of every SMS is (\S+)$/, '所有短信的验证码都是 $1'],
  // What the control API refuses.
  [
    /^No such card is bound: compare user_id, no_agree and pay_type\.$/,
    '没有绑定这张卡：请核对 user_id、no_agree 与 pay_type。',
  ],
  [/^There is no such endpoint\. Choose one of (.+)\.$/, '没有该接口。可选：$1。'],
  [/^next must be a whole number from 1\.$/, 'next 必须是不小于 1 的整数。'],
  [/^percent must be a number above 0 and up to 100\.$/, 'percent 必须大于 0 且不超过 100。'],
  // A file of cards.
  [/^Line (\d+) is not a card: (\S+) is missing\.$/, '第 $1 行不是卡：缺少 $2。'],
  [/^Line (\d+) is not a card: it is not an object\.$/, '第 $1 行不是卡：不是 JSON 对象。'],
  [
    /^Line (\d+) is not a card: a card has (.+), and nothing else\.$/,
    '第 $1 行不是卡：卡只能有 $2。',
  ],
  [/^Line (\d+) is not a card: (\S+) .+\.$/, '第 $1 行不是卡：$2 的值无效。'],
  [/^The CSV cannot be read: .+$/, '无法读取 CSV：引号未闭合，或单元格数与首行不同。首行是列名。'],
  [
    /^Line 1 does not name the columns .+$/,
    '第 1 行没有 user_id 与 no_agree 列。首行应如 user_id,no_agree,pay_type。',
  ],
  [/^No such scenario is armed\.$/, '没有启用这个场景。'],
  [/^The control API has no such path\.$/, '该沙箱没有这项功能：请升级沙箱。'],
  // Why a delivery was not acknowledged.
  [/^HTTP status (\d+); only 200 acknowledges\.$/, 'HTTP 状态为 $1，只有 200 才算确认。'],
  [/^The response is not JSON\.$/, '响应不是 JSON。'],
  [/^The response has no ret_code, as text\.$/, '响应中没有文本形式的 ret_code。'],
  [/^Its ret_code is not 0000\.$/, '响应的 ret_code 不是 0000。'],
  [/^No response within (\d+) seconds\.$/, '$1 秒内没有响应。'],
  [/^Nothing is listening there \((\w+)\)\.$/, '该地址没有服务在监听（$1）。'],
  [/^The host name cannot be resolved \((\w+)\)\.$/, '无法解析主机名（$1）。'],
  [/^The connection was closed without a response \((\w+)\)\.$/, '连接被关闭，没有响应（$1）。'],
  [/^The certificate is not trusted \((\w+)\)\.$/, '证书不受信任（$1）。'],
  [/^fetch does not connect to this port\.$/, 'fetch 不连接此端口。'],
  [/^It was not delivered(?: \((\w+)\))?\.$/, '未能投递（$1）。'],
]

/** Says in Chinese what the sandbox said in English; unchanged if it is unknown. */
export function sandboxInChinese(text: string): string {
  const found = TEXTS.find(([pattern]) => pattern.test(text))
  return found === undefined ? text : text.replace(found[0], found[1]).replace('（）', '')
}

/** What each scenario does. */
const SCENARIO_TEXTS: Readonly<Record<string, string>> = {
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
  Object.hasOwn(SCENARIO_TEXTS, name) ? (SCENARIO_TEXTS[name] ?? summary) : summary
