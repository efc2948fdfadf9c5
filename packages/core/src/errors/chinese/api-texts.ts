import type { ChineseTexts } from './texts.ts'

/** What the errors of `api` and `apis`: parameters say. */
export const API_TEXTS: ChineseTexts = {
  'parameter.invalid': {
    message: '未发送 {api}：{rules}。',
    hint: '在数据来源处更正，再重新调用。',
  },
}
