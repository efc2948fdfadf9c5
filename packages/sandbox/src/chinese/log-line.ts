import { describeReturnCode } from '@llpay/core/return-codes'

import { writeLogLine, type LogWords } from '../journal/format-log-line.ts'
import type { JournalEntry } from '../journal/journal.ts'
import { sandboxInChinese } from './texts.ts'

/** The texts of the codes that a log shows often, in fewer words than the table has. */
const SHORT: Readonly<Record<string, string>> = {
  '0000': '成功',
  '1000': 'token 有误或已过期',
  '1001': '验签失败',
  '1004': '参数有误',
  '1012': '无法解析',
  '1900': '短信验证码有误',
  '3001': '未知商户',
  '3003': '没有该协议',
  '8901': '无记录',
}

const WORDS: LogWords = {
  codeText: (code) => SHORT[code] ?? describeReturnCode(code)?.zh ?? '不在返回码表中',
  because: (why) => `（${sandboxInChinese(why)}）`,
  nothingDone: '0000，未执行',
  refusal: (message) => ` ${sandboxInChinese(message)}`,
  closed: '连接断开',
  after: (ending, words) => `${words}；${ending}`,
}

/** The same as {@link formatLogLine}, in Chinese. */
export const formatLogLineInChinese = (entry: JournalEntry): string => writeLogLine(entry, WORDS)
