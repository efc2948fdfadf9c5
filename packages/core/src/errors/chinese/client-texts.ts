import type { ChineseTexts } from './texts.ts'

/** What the errors of `client` and `bulk` say. */
export const CLIENT_TEXTS: ChineseTexts = {
  'algorithm.wrong-sign-type': {
    message: '{api} 只接受 sign_type {signTypes}，该签名器不支持。',
    hint: '改用 MD5withRSA 创建签名器。',
  },
  'call.ensure-settle': {
    message: 'ensureUnbound 没有 settle 选项：它总是先查询列表。',
    hint: '去掉该选项。',
  },
  'call.options': {
    message: '调用选项必须是对象，例如 { signal }。',
    hint: '没有选项时省略即可。',
  },
  'call.resume': { message: 'resume 只能是 true 或 false。' },
  'call.signal': { message: 'signal 必须是 AbortSignal。' },
  'callback.may-have-been-sent': {
    message: 'beforeSending 抛出异常，未再发出请求，但更早的请求可能已执行。原因见 cause。',
  },
  'callback.nothing-sent': {
    message: 'beforeSending 抛出异常，未发出任何请求。原因见 cause。',
  },
  'config.base-url': {
    message: '网关地址（base URL）无效：{why}。',
    hint: '使用类似 https://proxy.example/lianlian 的地址；不设置则调用连连支付。',
  },
  'config.clock': {
    message: 'clock 必须是带有 now 和 sleep 函数的对象。',
    hint: '不设置则使用运行环境的时钟。',
  },
  'config.function': { message: '{name} 必须是函数。' },
  'config.missing': {
    message: '缺少配置。',
    hint: '传入至少包含 oidPartner、privateKey 和 gatewayPublicKey 的对象。',
  },
  'config.oid-partner': {
    message: '商户号 oid_partner 必须是 18 位数字的文本。',
    hint: '从连连支付商户站复制。',
  },
  'config.pay-types': {
    message: "payTypes 必须是不重复的 pay_type 列表，例如 ['2', 'D']。",
    hint: '不设置则查询所有已知产品。',
  },
  'config.plain-http': {
    message: '网关地址使用明文 http 且指向其他机器：网络路径上的任何人都能伪造应答。',
    hint: '改用 https；明文 http 仅限 127.0.0.1、[::1] 和 localhost。',
  },
  'config.retry': { message: 'retry 必须是 0 到 {max} 的整数。' },
  'config.sandbox-key': {
    message: '这是为沙箱生成的密钥，但请求会发往连连支付（生产）。',
    hint: '将网关地址设为沙箱地址，或使用正式密钥。',
  },
  'config.settle': { message: 'settle 只能是以下之一：{modes}。' },
  'config.timeout': { message: 'timeoutMs 必须是 1 到 {max} 的整数毫秒。' },
  'config.two-transports': {
    message: '同时设置了 fetch 和 transport，但只能用其中一个发送。',
    hint: '只保留一个。',
  },
  'config.unknown-option': {
    message: '存在未知选项：{names}。',
    hint: '可用选项：{known}。',
  },
  'config.verifier-missing': {
    message: '缺少 verifier：没有连连支付的公钥，任何应答都不可信。',
  },
  'job.ensure': { message: 'ensure 只能是 true 或 false。' },
  'job.invalid': { message: '任务无效：{rules}。', hint: '在数据来源处更正。' },
  'job.key-too-short': {
    message: '任务编号的密钥 jobIdKey 太短。',
    hint: '使用至少 16 个随机字节，并与任务保存同样长的时间。',
  },
  'key.own-as-gateway': {
    message: '网关公钥是商户自己的公钥，无法验证连连支付的应答。',
    hint: '使用商户站提供的连连支付公钥。',
  },
  'list.contradiction': {
    message: '列表中已签名的 count 与行数矛盾，无法说明绑卡情况。',
    hint: '重新调用；若仍出现，请咨询连连支付。',
  },
  'list.refused': { message: '查询列表被拒绝，未发出变更请求。' },
  'list.unreachable': { message: '查询列表失败（{code}），未发出变更请求。' },
  'list.untrusted': { message: '查询列表的应答不可信，未发出变更请求。' },
  'outcome.contradicted': {
    message: '{api} 的结果未知：连连支付签名表示成功，但列表中仍有该协议。',
    hint: '再次调用前先查询绑卡列表。',
  },
  'outcome.lists-inconclusive': {
    message:
      '无法确定卡是否仍绑定，未发出任何请求：没有列表显示这张卡，但至少一个产品的列表无法证明。',
    hint: '稍后重新调用。',
  },
  'outcome.unknown': {
    message: '无法确定 {api} 是否已执行。',
    hint: '再次调用前先查询绑卡列表。',
  },
  'outcome.unknown-for-product': {
    message: '无法确定该卡在产品 {payType} 下是否已解绑。',
    hint: '重新调用 ensureUnbound：它会先查询列表。',
  },
  'rejected.by-code': { message: '{api} 的应答为 {returnCode}（{category}）。' },
  'rejected.other-product': {
    message: '协议绑定在另一个产品（pay_type {payType}）下，未发出任何请求。',
    hint: '用该 pay_type 重新调用，或使用 ensureUnbound。',
  },
  'reply.no-ret-code': { message: '应答中没有四位数字或大写字母的 ret_code 文本。' },
  'reply.not-text': { message: '应答中决定结果的字段不是文本。' },
  'reply.not-utf8': { message: '应答不是有效的 JSON：字节不是 UTF-8。' },
  'reply.other-endpoint': { message: '应答有签名，但含有只属于其他接口的字段。' },
  'reply.other-request': {
    message: '应答有签名，但其中的商户号、用户、协议号或产品与请求不符。',
  },
  'reply.unsigned-success': { message: '应答声称成功但没有签名，不能证明任何结果。' },
  'reply.wrong-form': { message: '应答有签名，但格式不符合 {api}。' },
  'transport.aborted': { message: '调用方中止了调用。' },
  'transport.earlier-attempt': { message: '请求失败（{code}），但之前的尝试可能已送达。' },
  'transport.failed': { message: '传输失败，无法确定请求是否已发出。' },
  'transport.status': {
    message: '网关或其前面的代理返回了 HTTP 状态 {status}，只有 200 带有应答。',
  },
  'transport.timeout': { message: '调用在 {timeoutMs} 毫秒后超时。' },
}
