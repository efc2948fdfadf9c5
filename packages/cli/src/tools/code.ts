import { ConfigError, type Api } from '@llpay/core'
import { catalogue } from '@llpay/core/adapter'
import { describeReturnCode, listReturnCodes, type ReturnCode } from '@llpay/core/return-codes'
import { adviceFor, apiAdvice, retryAdvice } from '@llpay/core/return-codes/advice'

import type { Command } from '../commands/command.ts'
import { EXIT } from '../exit-code.ts'
import type { Output } from '../output/output.ts'
import { rows } from '../output/rows.ts'
import { table } from '../output/table.ts'
import { clip } from '../output/width.ts'

const CODE = /^[0-9A-Z]{4}$/
const COLUMNS = 80

/** What the endpoints themselves say about a code. */
function adviceOfApis(code: string): { readonly api: string; readonly advice: string }[] {
  const apis = Object.values(catalogue).flatMap((group): Api[] => Object.values(group))
  return apis.flatMap((api) => {
    const advice = apiAdvice(api, code)
    return advice === undefined ? [] : [{ api: api.id, advice: advice.en }]
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
  const advice = adviceFor(entry.code, entry.category).en
  const { change, query } = retryAdvice(entry)
  const retry = { change: change.en, query: query.en }
  const apis = adviceOfApis(entry.code)
  if (output.json) {
    output.object({ ok: true, codes: [{ ...entry, advice, retry, apis }] })
    return
  }
  const lines: [string, string][] = [
    [entry.code, entry.zh],
    ['', entry.en],
    ['class', `${entry.class} (${entry.category})`],
    ['do', advice],
    ...apis.map(({ api, advice: own }): [string, string] => ['', `${api}: ${own}`]),
    ['retry', `${retry.change}; a query: ${retry.query}`],
  ]
  for (const line of rows(lines)) output.line(line)
}

function printMany(entries: readonly ReturnCode[], output: Output): void {
  if (output.json) {
    output.object({ ok: true, codes: entries })
    return
  }
  const lines = table(
    entries.map(({ code, zh, en, class: kind }) => [code, kind, clip(zh, 30), en]),
  )
  for (const line of lines) output.line(clip(line, COLUMNS))
}

/** `llpay code`: what a return code means, or which codes a text belongs to. */
export const code: Command = {
  args: [
    {
      name: 'CODE',
      summary: 'A return code such as 3003, or words of its text in Chinese or English',
      optional: true,
      multiple: true,
    },
  ],
  flags: [],
  notes: ['Without an argument, lists every code of the classic API.'],
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
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      CODE.test(first)
        ? `${adviceFor(first, 'unlisted').en} LianLian's other products have their own codes.`
        : 'No return code has these words in its text. llpay code lists them all.',
    )
  },
}
