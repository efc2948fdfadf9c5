import { describeReturnCode, listReturnCodes, type ReturnCode } from '@llpay/core/return-codes'
import { adviceFor, apiAdvice, retryAdvice } from '@llpay/core/return-codes/advice'

import { listApis } from '../call/apis.ts'
import { t, type Phrase, type Text } from '../output/language.ts'
import { beside, padTo, table, widthOf } from '../output/layout.ts'
import type { Output } from '../output/output.ts'
import type { Command } from '../program/command.ts'
import { invalidError } from '../program/errors.ts'
import { EXIT } from '../program/exit-code.ts'

const CODE = /^[0-9A-Z]{4}$/

/** What the endpoints themselves say about a code. */
function adviceOfApis(code: string): { readonly api: string; readonly advice: Phrase }[] {
  return listApis().flatMap((api) => {
    const advice = apiAdvice(api, code)
    return advice === undefined ? [] : [{ api: api.id, advice }]
  })
}

function search(words: readonly string[]): ReturnCode[] {
  const wanted = words.map((word) => word.toLowerCase())
  return listReturnCodes().filter(({ code, zh, en, category }) => {
    const text = `${code} ${zh} ${en} ${category}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

function printOne(entry: ReturnCode, output: Output): void {
  const advice = adviceFor(entry.code, entry.category)
  const { change, query } = retryAdvice(entry)
  const apis = adviceOfApis(entry.code)
  if (output.json) {
    const retry = { change: change.en, query: query.en }
    const own = apis.map(({ api, advice: { en } }) => ({ api, advice: en }))
    output.object({ ok: true, codes: [{ ...entry, advice: advice.en, retry, apis: own }] })
    return
  }
  const again = t(`${change.en}; a query: ${query.en}`, `变更请求：${change.zh}；查询：${query.zh}`)
  output.rows([
    [entry.code, entry.zh],
    ['', entry.en],
    [t('class', '类别'), `${entry.class} (${entry.category})`],
    [t('do', '处理'), advice],
    ...apis.map(({ api, advice: own }): [Text, Text] => [
      '',
      t(`${api}: ${own.en}`, `${api}：${own.zh}`),
    ]),
    [t('retry', '重发'), again],
  ])
}

function printMany(entries: readonly ReturnCode[], output: Output): void {
  if (output.json) {
    output.object({ ok: true, codes: entries })
    return
  }
  const lines = table(entries.map(({ code, zh, en, class: kind }) => [code, kind, zh, en]))
  // Only a terminal has an end that a line can run over; there, texts are wrapped beside the code.
  if (!output.isTerminal) for (const line of lines) output.line(line)
  else for (const line of wrapped(entries, output.width)) output.line(line)
}

/** The widest class, and how many columns English needs to stand in its own. */
const [KIND, ENGLISH] = ['refused'.length, 40]

/** The codes with both texts, beside each other where there is room. */
function wrapped(entries: readonly ReturnCode[], width: number): string[] {
  const chinese = Math.max(...entries.map(({ zh }) => widthOf(zh))) + 2
  return entries.flatMap(({ code, zh, en, class: kind }) => {
    const head = `${code}  ${kind.padEnd(KIND)}  `
    const isRoomy = width - head.length - chinese >= ENGLISH
    const left = isRoomy ? head + padTo(zh, chinese) : head
    const [first = '', ...rest] = beside(widthOf(left), isRoomy ? en : `${zh}  ${en}`, width)
    return [left + first, ...rest]
  })
}

/** `llpay code`: what a return code means, or which codes a text belongs to. */
export const code: Command = {
  args: [
    {
      name: 'CODE',
      summary: t(
        'A return code such as 3003, or words of its text in Chinese or English',
        '返回码（如 3003），或其中文、英文说明中的词',
      ),
      optional: true,
      multiple: true,
    },
  ],
  flags: [],
  notes: [
    t(
      'Without an argument, lists every code of the classic API.',
      '不带参数时，列出经典接口的全部返回码。',
    ),
  ],
  examples: [
    [t('Explain a code', '解释一个返回码'), 'llpay code 3003'],
    [t('Find codes by their text', '按文字查找返回码'), 'llpay code 签名'],
  ],
  async run({ flags, output }) {
    const [first = ''] = flags.args
    const exact = flags.args.length === 1 ? describeReturnCode(first) : undefined
    const found = exact === undefined ? search(flags.args) : [exact]
    const [only] = found
    if (found.length === 1 && only !== undefined) {
      printOne(only, output)
      return EXIT.done
    }
    if (found.length > 0) {
      printMany(found, output)
      return EXIT.done
    }
    if (CODE.test(first)) {
      throw invalidError(
        'code.unlisted',
        adviceFor(first, 'unlisted'),
        t(
          "LianLian's other products have their own codes.",
          '连连支付的其他产品另有各自的返回码。',
        ),
      )
    }
    throw invalidError(
      'code.not-found',
      t('No return code has these words in its text.', '没有返回码的说明含有这些词。'),
      t('llpay code lists them all.', 'llpay code 列出全部返回码。'),
    )
  },
}
