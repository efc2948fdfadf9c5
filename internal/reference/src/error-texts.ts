import type { Text } from './language.ts'

/** What each error code means and what to do. */
export const ERROR_TEXTS: Readonly<Record<string, Text>> = {
  ERR_CONFIG_MISSING: {
    en: 'Something that is needed was not given: merchant number, key, key file.',
    zh: '缺少必需的配置：商户号、密钥或密钥文件。',
  },
  ERR_CONFIG_INVALID: {
    en: 'An option, a flag or a variable has a value that cannot be used.',
    zh: '选项、命令行参数或环境变量的值无效。',
  },
  ERR_CONFIG_UNKNOWN_OPTION: {
    en: 'An option that this version does not know; mostly a typing mistake.',
    zh: '存在当前版本不认识的选项，多半是拼写错误。',
  },
  ERR_CONFIG_CONFLICT: {
    en: 'Two settings exclude each other: give one of them.',
    zh: '两项设置互相冲突，只保留一项。',
  },
  ERR_CONFIG_INSECURE: {
    en: 'A setting would weaken TLS or send in clear to another machine.',
    zh: '该设置会削弱 TLS，或以明文发往其他机器。',
  },
  ERR_CONFIG_SANDBOX_KEY: {
    en: 'A sandbox key was about to be used with LianLian itself.',
    zh: '沙箱密钥被用于连连支付的真实地址。',
  },
  ERR_CONFIG_RUNTIME: {
    en: 'A part of llpay cannot be loaded in this runtime, or as it was bundled: see the guide to bundling.',
    zh: '在当前运行环境中或按当前的打包方式，无法加载 llpay 的某个模块：见打包指南。',
  },
  ERR_CONFIG_USAGE: {
    en: 'The command line was used in a way it does not know.',
    zh: '命令行用法错误。',
  },
  ERR_KEY_INVALID: {
    en: 'The key cannot be read: cut off, altered, or no key at all.',
    zh: '密钥无法解析：被截断、被改动，或根本不是密钥。',
  },
  ERR_KEY_WRONG_KIND: {
    en: 'A public key stands where a private one belongs, or the other way round.',
    zh: '该用私钥的地方给了公钥，或相反。',
  },
  ERR_KEY_UNSUPPORTED: {
    en: 'A key of another kind: EC, RSA-PSS, encrypted with an unknown scheme.',
    zh: '不支持的密钥类型：EC、RSA-PSS 或未知的加密方式。',
  },
  ERR_KEY_TOO_SMALL: {
    en: 'The key is smaller than 1024 bits.',
    zh: '密钥长度小于 1024 位。',
  },
  ERR_KEY_MISMATCH: {
    en: "The key does not fit its purpose: the merchant's own public key was given as LianLian's.",
    zh: '密钥用途不符：把商户自己的公钥当成了连连支付的公钥。',
  },
  ERR_PARAMETER_INVALID: {
    en: 'A parameter is missing, unknown or of the wrong form; `issues` names it.',
    zh: '参数缺失、未知或格式错误；`issues` 中有参数名和规则。',
  },
  ERR_ALGORITHM_UNSUPPORTED: {
    en: 'This runtime or endpoint cannot sign with that algorithm.',
    zh: '当前运行环境或接口不支持该签名算法。',
  },
  ERR_SIGN_FAILED: {
    en: 'The signer failed: see what a KMS or HSM logged.',
    zh: '加签失败：查看 KMS 或 HSM 的日志。',
  },
  ERR_REJECTED: {
    en: 'LianLian answered with a return code that is no success: see `returnCode`, `category`.',
    zh: '连连支付返回了非成功的返回码，见 `returnCode`、`category`。',
  },
  ERR_AGREEMENT_ELSEWHERE: {
    en: 'The agreement is bound for another product, and nothing was sent: call again with `payType`.',
    zh: '协议属于另一个支付产品，未发出任何变更请求：改用 `payType` 的值重新发起。',
  },
  ERR_SIGNATURE_MISSING: {
    en: 'An answer that says success is not signed.',
    zh: '声称成功的应答没有签名。',
  },
  ERR_SIGNATURE_INVALID: {
    en: 'The signature does not fit the answer: another key, or an altered answer.',
    zh: '验签失败：公钥不对，或应答被改动。',
  },
  ERR_SIGNATURE_WRONG_TYPE: {
    en: 'The answer names another `sign_type` than the one that is configured.',
    zh: '应答的 `sign_type` 与配置的签名方式不符。',
  },
  ERR_REPLY_TOO_LARGE: { en: 'The answer is longer than 1 MiB.', zh: '应答超过 1 MiB。' },
  ERR_REPLY_DUPLICATE_MEMBER: {
    en: 'The answer has a member twice.',
    zh: '应答中有重复的字段。',
  },
  ERR_REPLY_AMBIGUOUS: {
    en: 'The signed text can be read as other members than the ones received.',
    zh: '待签名串有歧义：可以解读成与收到的不同的字段。',
  },
  ERR_REPLY_INVALID: {
    en: 'The answer is JSON, but not of the form that the endpoint answers with.',
    zh: '应答是 JSON，但不符合该接口的格式。',
  },
  ERR_REPLY_MISMATCH: {
    en: 'The answer is signed, but belongs to another request or endpoint.',
    zh: '应答有签名，但属于另一个请求或接口。',
  },
  ERR_REPLY_NOT_JSON: {
    en: 'The answer is no JSON: a page of a proxy, or cut off.',
    zh: '应答不是 JSON：可能是代理的页面，或被截断。',
  },
  ERR_TRANSPORT_CONNECT: {
    en: 'No connection: host name, network, proxy or certificate.',
    zh: '无法建立连接：检查域名、网络、代理或证书。',
  },
  ERR_TRANSPORT_TIMEOUT: { en: 'The deadline passed.', zh: '超时。' },
  ERR_TRANSPORT_ABORTED: { en: 'The caller ended the call.', zh: '调用方中止了请求。' },
  ERR_TRANSPORT_CLOSED: {
    en: 'The connection broke before the answer was complete.',
    zh: '连接在收到完整应答之前断开。',
  },
  ERR_TRANSPORT_STATUS: {
    en: 'An HTTP status other than 200.',
    zh: 'HTTP 状态码不是 200。',
  },
  ERR_OUTCOME_UNKNOWN: {
    en: 'It may have been carried out, and nothing proves that it was or was not.',
    zh: '可能已经执行，也可能没有，无法证明。',
  },
  ERR_CALLBACK: {
    en: 'A callback of yours, such as `beforeSending`, threw: see `cause`.',
    zh: '你的回调（如 `beforeSending`）抛出了异常，见 `cause`。',
  },
}
