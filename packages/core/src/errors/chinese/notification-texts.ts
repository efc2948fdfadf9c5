import type { ChineseTexts } from './texts.ts'

const RAW = '请传入收到时的原始字节：解析后再序列化的请求体无法通过验签。'

/** What the errors of `notifications` say. */
export const NOTIFICATION_TEXTS: ChineseTexts = {
  'money.form': {
    message: '要比较的金额必须是文本：最多 12 位整数，小数点后最多 8 位。',
    hint: '先把分换算成元的文本，例如 4990 写成 49.90。',
  },
  'notification.ambiguous': { message: '通知的待签名串还可以读成与收到的不同的字段。' },
  'notification.body-consumed': {
    message: '请求体在 llpay 读取之前已被 body parser 或你自己的代码读走，因此无法验签。',
    hint: '把通知路由注册在 body parser 之前（Express 中放在 app.use(express.json()) 上方），或让它跳过该路径。',
  },
  'notification.callback-failed': {
    message: 'onNotification 抛出异常，因此未确认该通知；连连支付会重发。',
    hint: '原因见 cause。',
  },
  'notification.callback-missing': {
    message: '缺少 {name}。',
    hint: '提供一个只保存通知然后返回的函数。',
  },
  'notification.claim-failed': {
    message: 'seen.claim 抛出异常，因此未交付该通知；连连支付会重发。',
    hint: '检查存储和 cause。',
  },
  'notification.config-missing': {
    message: '缺少通知的配置。',
    hint: '传入至少包含 kind、oidPartner 和 gatewayPublicKey 的对象。',
  },
  'notification.cut-off': {
    message: '通知的请求体没有收完，连接就关闭了。',
    hint: '连连支付会重发。如果一直如此，检查服务器前面的代理。',
  },
  'notification.done-failed': {
    message: '通知交付之后 seen.done 抛出异常。连连支付会重发，租约到期后会再次交付。',
    hint: '检查存储和 cause；让 onNotification 对同一通知只保存一次。',
  },
  'notification.duplicate-member': {
    message: '通知中同一字段出现了两次，不同的解析器可能读出不同的内容。',
  },
  'notification.expect-failed': {
    message: 'expect 抛出异常或返回了无效的金额，因此未交付该通知；连连支付会重发。',
    hint: '没有记录时返回 undefined；金额用文本，例如 49.90。',
  },
  'notification.failed': {
    message: '无法处理该通知，因此未确认；连连支付会重发。',
    hint: '原因见 cause。',
  },
  'notification.form': {
    message: '通知是表单编码的，而该处理器只接受 JSON。',
    hint: '如果你的接入较早，连连支付以表单发送，请设置 form: true。',
  },
  'notification.form-encoding': { message: '通知是表单编码的，但不是 UTF-8。' },
  'notification.form-option': { message: 'form 只能是 true 或 false。' },
  'notification.kind': {
    message: 'kind 必须是以下之一：{kinds}。',
    hint: '每种通知使用各自的 notify_url 和处理器。',
  },
  'notification.lease-lost': {
    message: 'onNotification 尚未结束，租约已到期，另一次交付可能已经开始，因此未确认该通知。',
    hint: '让 onNotification 只保存通知，或用 leaseMs 给它更多时间。',
  },
  'notification.lone-surrogate': { message: '通知中有半个字符（单独的代理码元）。' },
  'notification.member-name': { message: '通知中有字段名含字母、数字和下划线以外的字符。' },
  'notification.mismatch': {
    message:
      '用配置的网关公钥验签失败：不是连连支付签的名，或公钥不是连连支付当前的公钥，或请求体在验签前被改动。',
    hint: `${RAW}如果已是原始字节，再与商户站的连连公钥核对。`,
  },
  'notification.ms': { message: '{name} 必须是 1 到 {max} 的整数毫秒。' },
  'notification.no-record': {
    message: '通知有效，但 expect 没有找到对应的记录，因此未确认。',
    hint: '通知可能早于你自己的记录，连连支付会重发。如果一直如此，查询该订单。',
  },
  'notification.not-an-object': { message: '通知是 JSON，但不是对象。', hint: RAW },
  'notification.not-base64': { message: '通知的签名不是规范的 base64。' },
  'notification.not-json': { message: '通知不是有效的 JSON：{why}。', hint: RAW },
  'notification.not-raw': {
    message: '通知的请求体必须是收到时的字节或文本。',
    hint: '解析过的请求体无法验签：在 body parser 之前读取请求。',
  },
  'notification.not-signable': { message: '通知中有对象或数组，而参与签名的只能是文本。' },
  'notification.not-utf8': { message: '通知的字节不是 UTF-8。' },
  'notification.other-currency': {
    message: '通知有效，但币种与 expect 返回的不同，因此未确认。',
    hint: '查询该订单，由人工核对。',
  },
  'notification.other-merchant': {
    message: '通知由连连支付签名，但商户号是别的商户或缺失。',
    hint: '核对 oidPartner 与发起请求的商户号。',
  },
  'notification.other-money': {
    message: '通知有效，但金额与 expect 返回的不同，因此未确认。',
    hint: '查询该订单，由人工核对。',
  },
  'notification.seen': {
    message: 'seen 必须是带有 claim、done 和 release 函数的存储。',
    hint: '使用 redisSeen、postgresSeen 或 d1Seen；测试中使用 memorySeen。',
  },
  'notification.too-deep': { message: '通知的嵌套超过 {max} 层。' },
  'notification.too-large': { message: '通知超过 {max} 字节，连连支付的通知没有这么大。' },
  'notification.unsigned': { message: '通知没有签名，什么也证明不了。' },
  'notification.verifier-failed': {
    message: '验签器抛出异常，因此通知的签名证明不了任何事。',
    hint: '查看它的日志和 cause。',
  },
  'notification.wrong-form': {
    message: '通知由连连支付签名，但缺少 {kind} 类通知必有的字段，或有字段不是文本。',
  },
  'notification.wrong-kind': {
    message: '通知由连连支付签名，但不是该路由所收的 {kind} 类通知。',
    hint: '每种通知使用各自的 notify_url，并检查发起请求时给了哪一个。',
  },
  'notification.wrong-sign-type': { message: '通知中的 sign_type 与配置的不同。' },
}
