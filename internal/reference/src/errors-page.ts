import { ERROR_TEXTS } from './error-texts.ts'
import { listErrors, type ErrorClass } from './errors.ts'
import { otherLanguage, type Language, type Text } from './language.ts'
import { mono, page, table } from './markdown.ts'
import { WORDS } from './words.ts'

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
    en: 'A `TransportError` exits with 5 where no byte was sent, with 6 where it may have been delivered, and with 130 where the user interrupted before anything was sent. `ERR_REPLY_NOT_JSON` of a change ends as `ERR_OUTCOME_UNKNOWN`. Exit 1 is a bug in llpay.',
    zh: '`TransportError`：一个字节都未发出时退出码为 5，可能已送达时为 6，发送前被用户中断时为 130。变更类接口的 `ERR_REPLY_NOT_JSON` 以 `ERR_OUTCOME_UNKNOWN` 结束。退出码 1 表示 llpay 自身的缺陷。',
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
