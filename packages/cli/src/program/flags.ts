import { LANGUAGES, t, type Text } from '../output/language.ts'

export interface Flag {
  /** The name without its two dashes. */
  readonly name: string
  /** What stands for the value in the help text; a flag without one is a switch. */
  readonly value?: string
  readonly summary: Text
  readonly required?: boolean
  /** Whether the flag may be given more than once. */
  readonly multiple?: boolean
  /** The values that there are, for completion. */
  readonly choices?: readonly string[]
}

/** An argument that stands without a flag. */
export interface Positional {
  /** What stands for it in the help text. */
  readonly name: string
  readonly summary: Text
  /** Whether it may be left out. */
  readonly optional?: boolean
  /** Whether several may be given; only the last one may. */
  readonly multiple?: boolean
  /** The values that there are, for completion. */
  readonly choices?: readonly string[]
}

/** Flags that every command takes. */
export const COMMON_FLAGS: readonly Flag[] = [
  {
    name: 'json',
    summary: t(
      'Print exactly one JSON object on standard output, in English',
      '在标准输出上只输出一个 JSON 对象（英文）',
    ),
  },
  {
    name: 'lang',
    value: 'LANG',
    choices: LANGUAGES,
    summary: t(
      'Language: en or zh (default: LC_ALL, LC_MESSAGES or LANG)',
      '语言：en 或 zh（默认：按 LC_ALL、LC_MESSAGES、LANG）',
    ),
  },
  {
    name: 'verbose',
    summary: t(
      'Print details on standard error; never keys or card data',
      '在标准错误上输出更多信息；绝不含密钥与卡数据',
    ),
  },
  { name: 'no-color', summary: t('Print without colour', '不使用颜色') },
  { name: 'help', summary: t('Show this help', '显示本帮助') },
]

const SETTLE_MODES = ['always', 'auto', 'never']

/** Flags of an endpoint that changes something. */
export const CHANGE_FLAGS: readonly Flag[] = [
  {
    name: 'settle',
    value: 'MODE',
    choices: SETTLE_MODES,
    summary: t(
      'When to query the list of bound cards: always (before, after and in doubt), auto (in doubt), never (default: always)',
      '何时查询绑卡列表：always（变更前、变更后、结果未知时）、auto（结果未知时）、never（默认：always）',
    ),
  },
]

/** Whose configuration a command takes. */
export const PROFILE_FLAG: Flag = {
  name: 'profile',
  value: 'NAME',
  summary: t(
    'Take merchant, keys and base URL from this profile; see llpay help profiles',
    '使用该配置档的商户号、密钥与网关地址；见 llpay help profiles',
  ),
}

/** Under which products a card may be bound, for commands that query the list. */
export const PAY_TYPES_FLAG: Flag = {
  name: 'pay-types',
  value: 'LIST',
  summary: t(
    'The products under which cards may be bound, separated by commas (default: 2,3,D,P,M,F,N)',
    '卡可能绑定在哪些产品（pay_type）下，逗号分隔（默认：2,3,D,P,M,F,N）',
  ),
}

/** Flags of a command that asks before it acts. */
export const ASK_FLAGS: readonly Flag[] = [
  { name: 'yes', summary: t('Do not ask before a live card is unbound', '解绑真实的卡之前不询问') },
]

/** Flags of the list of cards. */
export const LIST_FLAGS: readonly Flag[] = [
  {
    name: 'all',
    summary: t('List the cards of all products, on all pages', '列出所有产品、所有分页的卡'),
  },
  {
    ...PAY_TYPES_FLAG,
    summary: t(
      'The products that --all queries (default: 2,3,D,P,M,F,N)',
      '--all 查询哪些产品（默认：2,3,D,P,M,F,N）',
    ),
  },
]

/** Flags of a configuration that a profile holds as well. */
export const MERCHANT_FLAGS: readonly Flag[] = [
  {
    name: 'oid-partner',
    value: 'N',
    summary: t('Merchant number, 18 digits', '商户号，18 位数字'),
  },
  {
    name: 'private-key',
    value: 'FILE',
    summary: t("The merchant's RSA private key; - is stdin", '商户 RSA 私钥文件；- 为标准输入'),
  },
  {
    name: 'gateway-key',
    value: 'FILE',
    summary: t(
      "LianLian's RSA public key; - is stdin (repeatable, for key rotation)",
      '连连支付 RSA 公钥文件；- 为标准输入（可重复，用于轮换密钥）',
    ),
    multiple: true,
  },
  {
    name: 'base-url',
    value: 'URL',
    summary: t("Gateway to call (default: LianLian's hosts)", '网关地址（默认：连连支付的主机）'),
  },
]

/** Flags that every call of an endpoint takes. */
export const CALL_FLAGS: readonly Flag[] = [
  {
    name: 'params',
    value: 'FILE',
    summary: t(
      'Read parameters from a JSON object by their wire names; - is stdin. Flags are visible in process listings: pass card data this way',
      '从 JSON 对象读取参数（键为报文字段名）；- 为标准输入。命令行参数在进程列表中可见，卡数据请用此方式传入',
    ),
  },
  PROFILE_FLAG,
  ...MERCHANT_FLAGS,
  {
    name: 'timeout',
    value: 'MS',
    summary: t(
      'Timeout of the whole call in milliseconds (default: 30000)',
      '整次调用的超时，毫秒（默认：30000）',
    ),
  },
  {
    name: 'dry-run',
    summary: t('Print the exact signed request, send nothing', '输出签名后的完整请求，不发送'),
  },
]
