import type { ParameterIssue } from '../parameter-error.ts'

/** What the rules of parameters say. */
const RULES: Readonly<Record<string, string>> = {
  strict_object: '必须是对象',
  required: '必填',
  unknown: '不是该接口的参数',
  string: '必须是字符串',
  text: '必须是非空字符串',
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

/**
 * Says in Chinese which rule a parameter breaks.
 *
 * @param place what to call the parameter: its own name by default.
 */
export const issueInChinese = ({ path, rule }: ParameterIssue, place: string = path): string =>
  `${place} ${RULES[rule] ?? rule}`
