/** The languages that the reference is written in; English is the one without a suffix. */
export const LANGUAGES = ['en', 'zh'] as const

/** A language of the reference. */
export type Language = (typeof LANGUAGES)[number]

/** A text in every language. */
export type Text = Readonly<Record<Language, string>>

/** The name of a page's file: `card.unbind.md` and `card.unbind.zh-CN.md`. */
export const pageName = (name: string, language: Language) =>
  language === 'en' ? `${name}.md` : `${name}.zh-CN.md`

/** The link to the same page in the other language. */
export const otherLanguage = (name: string, language: Language) =>
  language === 'en' ? `[简体中文](${pageName(name, 'zh')})` : `[English](${pageName(name, 'en')})`

/** The words of the pages. */
export const WORDS = {
  generated: {
    en: 'Generated from the definitions by `npm run reference`; edit those, not this page.',
    zh: '本页由 `npm run reference` 根据接口定义生成；请修改定义，不要直接修改本页。',
  },
  request: { en: 'Request', zh: '请求' },
  requestNote: {
    en: '`oid_partner`, `sign_type` and `sign` are added by llpay. All values are text; empty values and unlisted members are refused.',
    zh: '`oid_partner`、`sign_type`、`sign` 由 llpay 自动添加。所有值都是字符串；空字符串和未列出的参数会被拒绝。',
  },
  reply: { en: 'Success reply', zh: '成功应答' },
  replyNote: {
    en: 'A reply may have other members, which are signed unless they are listed here as unsigned. A failure has `ret_code` and `ret_msg`, and is not always signed.',
    zh: '应答中可能出现其他字段；除此处标为“不参与签名”的以外，它们都参与签名。失败应答含 `ret_code` 和 `ret_msg`，不一定有签名。',
  },
  codes: { en: 'Common return codes', zh: '常见返回码' },
  codesNote: {
    en: 'Other codes are in the [table of return codes](return-codes.md); a code that is in no table counts as an unknown outcome.',
    zh: '其他返回码见[返回码表](return-codes.zh-CN.md)；表中没有的返回码按“结果未知”处理。',
  },
  examples: { en: 'Examples', zh: '示例' },
  messages: { en: 'Messages', zh: '报文样例' },
  messagesNote: {
    en: 'Signed with public test keys (`k1024` for the merchant, `k2048` for the gateway, in `internal/vectors/data/signing.json`).',
    zh: '以公开的测试密钥签名（商户用 `k1024`，网关用 `k2048`，见 `internal/vectors/data/signing.json`）。',
  },
  canonical: { en: 'Canonical string', zh: '待签名串' },
  name: { en: 'Name', zh: '参数' },
  required: { en: 'Required', zh: '必填' },
  rule: { en: 'Rule', zh: '规则' },
  meaning: { en: 'Meaning', zh: '含义' },
  presence: { en: 'Always', zh: '必返' },
  signed: { en: 'Signed', zh: '参与签名' },
  code: { en: 'Code', zh: '返回码' },
  class: { en: 'Class', zh: '类别' },
  advice: { en: 'What to do', zh: '处理办法' },
  colon: { en: ':', zh: '：' },
  yes: { en: 'yes', zh: '是' },
  no: { en: 'no', zh: '否' },
} as const satisfies Readonly<Record<string, Text>>

/** A table cell: a bar would end it. */
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`

/** A table. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n')
}

/** A block of code. */
export const fenced = (language: string, code: string) =>
  ['```' + language, code.trimEnd(), '```'].join('\n')

/** A name or value, as code. */
export const mono = (text: string) => `\`${text}\``

/** Text in which the names of members and endpoints stand as code. */
export const monoNames = (text: string) =>
  text.replaceAll(/\b[a-z]+(?:[_.][a-z]+)+\b/g, (name) => mono(name))

/** A page: its parts with an empty line between them; parts that are empty are left out. */
export const page = (parts: readonly string[]) => `${parts.filter(Boolean).join('\n\n')}\n`
