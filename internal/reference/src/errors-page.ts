import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { exitCodeOf } from '@internal/sources/cli-program'
import { ROOT } from '@internal/testkit/repository'
import {
  CallbackError,
  ConfigError,
  KeyError,
  ParameterError,
  ProtocolError,
  RejectedError,
  SignatureError,
  SigningError,
  TransportError,
  UnknownOutcomeError,
  type LLPayError,
} from '@llpay/core'

import { mono, page, table, type Text, otherLanguage, type Language, WORDS } from './words.ts'

const NOTHING = { attempts: 0, lastSeen: null, cause: undefined }

/** Errors of each class, in the ways that they are thrown, to ask what it is called and how the command line ends with it. */
const ERRORS: readonly LLPayError[] = [
  new ConfigError('ERR_CONFIG_MISSING', ''),
  new KeyError('ERR_KEY_INVALID', ''),
  new ParameterError('', []),
  new SigningError('ERR_SIGN_FAILED', ''),
  new RejectedError('ERR_REJECTED', '', { category: '', signature: 'absent' }),
  new SignatureError('ERR_SIGNATURE_MISSING', ''),
  new ProtocolError('ERR_REPLY_INVALID', ''),
  new TransportError('ERR_TRANSPORT_CONNECT', '', { delivered: 'no' }),
  new TransportError('ERR_TRANSPORT_CLOSED', '', { delivered: 'unknown' }),
  new UnknownOutcomeError('', NOTHING),
  new UnknownOutcomeError('', { ...NOTHING, delivered: 'no' }),
  new CallbackError('', { cause: undefined, delivered: 'no' }),
  new CallbackError('', { cause: undefined, delivered: 'unknown' }),
]

/** A class of errors. */
export interface ErrorClass {
  readonly name: string
  /** The exit statuses that it may end with. */
  readonly exits: readonly number[]
  readonly codes: readonly string[]
}

/** The codes of a class, as its source declares them. */
function codesOf(name: string): string[] {
  const file = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()
  const source = join(ROOT, 'packages/core/src/errors', `${file}.ts`)
  const codes = readFileSync(source, 'utf8').matchAll(/'(ERR_[A-Z_]+)'/g)
  return [...new Set(Array.from(codes, ([, code = '']) => code))]
}

/** Every class of errors that llpay throws on purpose. */
function listErrors(): ErrorClass[] {
  const names = new Set(ERRORS.map(({ name }) => name))
  return Array.from(names, (name) => ({
    name,
    exits: ERRORS.filter((error) => error.name === name).map((error) => exitCodeOf(error, false)),
    codes: codesOf(name),
  }))
}

/** What each error code means, and what to do. */
const ERROR_TEXTS: Readonly<Record<string, Text>> = {
  ERR_CONFIG_MISSING: {
    en: 'A required setting is missing: merchant number, key or key file.',
    zh: '缺少必需的配置：商户号、密钥或密钥文件。',
  },
  ERR_CONFIG_INVALID: {
    en: 'The value of an option, a flag or an environment variable is invalid.',
    zh: '选项、命令行参数或环境变量的值无效。',
  },
  ERR_CONFIG_UNKNOWN_OPTION: {
    en: 'An option is unknown to this version; usually a typing mistake.',
    zh: '存在当前版本不认识的选项，多半是拼写错误。',
  },
  ERR_CONFIG_CONFLICT: {
    en: 'Two settings exclude each other: keep one of them.',
    zh: '两项设置互相冲突，只保留一项。',
  },
  ERR_CONFIG_INSECURE: {
    en: 'A setting would weaken TLS, or send unencrypted requests to another machine.',
    zh: '该设置会削弱 TLS，或以明文发往其他机器。',
  },
  ERR_CONFIG_SANDBOX_KEY: {
    en: "A sandbox key was used with LianLian's real gateway.",
    zh: '沙箱密钥被用于连连支付的真实地址。',
  },
  ERR_CONFIG_RUNTIME: {
    en: 'A part of llpay cannot be loaded in this runtime, or as it was bundled: see the guide to bundling.',
    zh: '在当前运行环境中或按当前的打包方式，无法加载 llpay 的某个模块：见打包指南。',
  },
  ERR_CONFIG_USAGE: { en: 'The command line was used incorrectly.', zh: '命令行用法错误。' },
  ERR_KEY_INVALID: {
    en: 'The key cannot be read: it is cut off, altered, or not a key.',
    zh: '密钥无法解析：被截断、被改动，或根本不是密钥。',
  },
  ERR_KEY_WRONG_KIND: {
    en: 'A public key was given instead of a private key, or the other way round.',
    zh: '该用私钥的地方给了公钥，或相反。',
  },
  ERR_KEY_UNSUPPORTED: {
    en: 'The key has an unsupported type or format: EC, RSA-PSS, a keystore, or an encryption that llpay cannot read.',
    zh: '不支持的密钥类型或格式：EC、RSA-PSS、密钥库，或无法读取的加密方式。',
  },
  ERR_KEY_TOO_SMALL: { en: 'The key has fewer than 1024 bits.', zh: '密钥少于 1024 位。' },
  ERR_KEY_MISMATCH: {
    en: "The key does not fit its purpose: the merchant's own public key was given as LianLian's.",
    zh: '密钥用途不符：把商户自己的公钥当成了连连支付的公钥。',
  },
  ERR_PARAMETER_INVALID: {
    en: 'A parameter is missing, unknown or invalid; `issues` names it.',
    zh: '参数缺失、未知或格式错误；`issues` 中有参数名和规则。',
  },
  ERR_ALGORITHM_UNSUPPORTED: {
    en: 'This runtime or endpoint does not support the signature algorithm.',
    zh: '当前运行环境或接口不支持该签名算法。',
  },
  ERR_SIGN_FAILED: {
    en: 'The signer failed: check the logs of the KMS or HSM.',
    zh: '加签失败：查看 KMS 或 HSM 的日志。',
  },
  ERR_REJECTED: {
    en: 'LianLian refused the request with a return code: see `returnCode` and `category`.',
    zh: '连连支付拒绝了请求，见 `returnCode` 和 `category`。',
  },
  ERR_AGREEMENT_ELSEWHERE: {
    en: 'The agreement is bound for another product, so nothing was sent: call again with `payType`.',
    zh: '协议属于另一个支付产品，未发出任何变更请求：改用 `payType` 的值重新发起。',
  },
  ERR_SIGNATURE_MISSING: {
    en: 'A reply that reports success is not signed.',
    zh: '声称成功的应答没有签名。',
  },
  ERR_SIGNATURE_INVALID: {
    en: 'The signature does not verify: the key is another one, or the reply was altered.',
    zh: '验签失败：公钥不对，或应答被改动。',
  },
  ERR_SIGNATURE_WRONG_TYPE: {
    en: 'The reply names a `sign_type` other than the configured one.',
    zh: '应答的 `sign_type` 与配置的签名方式不符。',
  },
  ERR_REPLY_TOO_LARGE: { en: 'The reply is larger than 1 MiB.', zh: '应答超过 1 MiB。' },
  ERR_REPLY_DUPLICATE_MEMBER: { en: 'The reply has a member twice.', zh: '应答中有重复的字段。' },
  ERR_REPLY_AMBIGUOUS: {
    en: 'The signed text can be read as members other than the ones received.',
    zh: '待签名串有歧义：可以解读成与收到的不同的字段。',
  },
  ERR_REPLY_INVALID: {
    en: "The reply is JSON, but not of the endpoint's form.",
    zh: '应答是 JSON，但不符合该接口的格式。',
  },
  ERR_REPLY_MISMATCH: {
    en: 'The reply is signed, but belongs to another request or endpoint.',
    zh: '应答有签名，但属于另一个请求或接口。',
  },
  ERR_REPLY_NOT_JSON: {
    en: 'The reply is not JSON: it is the page of a proxy, or was cut off.',
    zh: '应答不是 JSON：可能是代理的页面，或被截断。',
  },
  ERR_TRANSPORT_CONNECT: {
    en: 'No connection could be made: check the host name, network, proxy and certificate.',
    zh: '无法建立连接：检查域名、网络、代理或证书。',
  },
  ERR_TRANSPORT_TIMEOUT: { en: 'The call timed out.', zh: '超时。' },
  ERR_TRANSPORT_ABORTED: { en: 'The caller aborted the call.', zh: '调用方中止了请求。' },
  ERR_TRANSPORT_CLOSED: {
    en: 'The connection closed before the response was complete.',
    zh: '连接在收到完整响应之前断开。',
  },
  ERR_TRANSPORT_STATUS: { en: 'The HTTP status is not 200.', zh: 'HTTP 状态码不是 200。' },
  ERR_OUTCOME_UNKNOWN: {
    en: 'The change may have been carried out; nothing proves that it was or was not.',
    zh: '可能已经执行，也可能没有，无法证明。',
  },
  ERR_CALLBACK: {
    en: 'One of your callbacks, such as `beforeSending`, threw: see `cause`.',
    zh: '你的回调（如 `beforeSending`）抛出了异常，见 `cause`。',
  },
}

const TEXTS = {
  title: { en: 'Errors', zh: '错误' },
  intro: {
    en: 'Every error that llpay throws on purpose is an `LLPayError` with `name`, `code`, `message` and `delivered`. Switch on `code`; messages may be reworded. No error holds a value of a message, a key or a card number.',
    zh: 'llpay 主动抛出的错误都是 `LLPayError`，带有 `name`、`code`、`message`、`delivered`。请按 `code` 判断，`message` 的措辞可能变化。错误中不含报文内容、密钥或卡号。',
  },
  delivered: {
    en: '`delivered` is about the change that was asked for, or about the read, over all attempts: `no` where no byte of it reached a socket, `yes` where LianLian refused it, and `unknown` where it may have been carried out. For an endpoint that changes something, what may have been delivered and is neither proven, refused nor untrusted ends as `UnknownOutcomeError`, with the inner error as `cause`: only queries end with a `TransportError` whose `delivered` is `unknown`.',
    zh: '`delivered` 针对所请求的变更（或查询）本身，涵盖所有尝试：为 `no` 表示请求数据完全没有写入 socket；为 `yes` 表示连连支付已拒绝；为 `unknown` 表示可能已经执行。变更类接口中，凡可能已送达、又未被证实、未被拒绝、也不属于不可信应答的情况，一律以 `UnknownOutcomeError` 结束，内层错误在 `cause` 中；因此 `delivered: unknown` 的 `TransportError` 只出现在查询类接口。',
  },
  name: { en: 'Class', zh: '错误类' },
  code: { en: 'Code', zh: '错误码' },
  exit: { en: 'Exit', zh: '退出码' },
  exitNote: {
    en: 'A `TransportError` exits with 5 where no byte was sent, with 6 where it may have been delivered, and with 130 where the user interrupted before anything was sent. `ERR_REPLY_NOT_JSON` of a change ends as `ERR_OUTCOME_UNKNOWN`. Exit 1 is a bug in llpay, or standard output that could not be written.',
    zh: '`TransportError`：一个字节都未发出时退出码为 5，可能已送达时为 6，发送前被用户中断时为 130。变更类接口的 `ERR_REPLY_NOT_JSON` 以 `ERR_OUTCOME_UNKNOWN` 结束。退出码 1 表示 llpay 自身的缺陷，或无法写入标准输出。',
  },
} as const satisfies Readonly<Record<string, Text>>

function rowsOf({ name, exits, codes }: ErrorClass, language: Language): string[][] {
  return codes.map((code) => {
    const text = ERROR_TEXTS[code]
    if (text === undefined) throw new Error(`${code} has no words in error-texts.ts`)
    return [mono(name), mono(code), exits.join(', '), text[language]]
  })
}

/** The page with every class of errors, its codes and its exit status. */
export function errorsPage(language: Language): string {
  const heads = [TEXTS.name, TEXTS.code, TEXTS.exit, WORDS.meaning]
  return page([
    `# ${TEXTS.title[language]}`,
    `${TEXTS.intro[language]} ${otherLanguage('errors', language)}`,
    TEXTS.delivered[language],
    table(
      heads.map((head) => head[language]),
      listErrors().flatMap((each) => rowsOf(each, language)),
    ),
    TEXTS.exitNote[language],
    `*${WORDS.generated[language]}*`,
  ])
}
