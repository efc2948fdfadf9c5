import type { LLPayError, ParameterError } from '@llpay/core'
import { inChinese, type SpokenText } from '@llpay/core/errors/chinese'
import { adviceFor, apiAdvice } from '@llpay/core/return-codes/advice'

import { listApis } from '../call/apis.ts'

/** What rules of parameters say, in Chinese; an error names the rule. */
const RULES: Readonly<Record<string, string>> = {
  strict_object: '必须是对象',
  required: '必填',
  unknown: '不是该接口的参数',
  string: '必须是字符串',
  non_empty: '不能为空；不需要时请去掉',
  max_code_points: '过长',
  json_object: '必须是 JSON 对象',
  regex: '含有不允许的字符或格式不符',
  outer_space: '首尾有空白，常见于复制的单元格或补齐的列',
  invisible: '含不可见字符，常见于从网页或聊天中复制的文本',
  formula: '被 ="…" 包裹，这是表格导出文本的写法',
  apostrophe: '数字前有撇号，这是表格标记文本数字的写法',
  digits_lost: '是被表格缩写的数字（E+），其位数已丢失',
  decimal: '以 .0 结尾，这是 pandas 或表格把整数读成小数的写法',
  grouped: '数字之间有分隔符，这是表格的数字格式',
  full_width: '含全角字符，来自中文或日文输入法',
  placeholder: '是程序或表格表示“缺失”的值',
}

/** What is wrong with each parameter, by the flag that it was given with. */
function issuesIn({ issues, params }: Pick<ParameterError, 'issues' | 'params'>): string {
  const places = String(params['places'] ?? '').split(' ')
  return issues
    .map(({ path, rule }, index) => {
      const place = places[index] ?? ''
      const name = place === '' ? path : place === '--params' ? `${path}（${place}）` : place
      return `${name} ${RULES[rule] ?? rule}`
    })
    .join('；')
}

const hasIssues = (error: LLPayError): error is ParameterError => error.name === 'ParameterError'

/** What to do after a return code that LianLian refused with. */
function adviceIn(error: LLPayError, id: string | null): string | undefined {
  const { returnCode, category } = error.toJSON()
  if (typeof returnCode !== 'string' || typeof category !== 'string') return undefined
  const api = listApis().find((each) => each.id === id)
  const own = api === undefined ? undefined : apiAdvice(api, returnCode)
  return (own ?? adviceFor(returnCode, category)).zh
}

/**
 * What an error says in Chinese: by its reason, and the advice for its return code.
 *
 * @param api the endpoint that was called.
 */
export function chineseError(error: LLPayError, api: string | null): SpokenText {
  const { message, hint } = inChinese(error)
  if (hasIssues(error) && error.reason === 'parameter.invalid') {
    const { rules } = error.params
    return { message: message.replace(String(rules), () => issuesIn(error)), hint }
  }
  return { message, hint: hint ?? (error.hint === undefined ? undefined : adviceIn(error, api)) }
}
