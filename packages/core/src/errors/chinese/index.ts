/**
 * The texts of errors in Chinese, by `reason`. English stands where an error is thrown; a program that
 * speaks only English, a Worker above all, never bundles this module.
 *
 * @module @llpay/core/errors/chinese
 */
import type { LLPayError, TextParams } from '../ll-pay-error.ts'
import type { ParameterError } from '../parameter-error.ts'
import { API_TEXTS } from './api-texts.ts'
import { CLIENT_TERMS, CLIENT_TEXTS } from './client-texts.ts'
import { EDGE_TEXTS } from './edge-texts.ts'
import { KEY_TERMS, KEY_TEXTS } from './key-texts.ts'
import { NOTIFICATION_TEXTS } from './notification-texts.ts'
import { issueInChinese } from './parameter-rules.ts'
import type { ChineseTexts } from './texts.ts'

export { issueInChinese }

/** What is filled into texts, and is English where an error is thrown. */
const TERMS: Readonly<Record<string, string>> = { ...KEY_TERMS, ...CLIENT_TERMS }

/** Every text in Chinese, by the error's `reason`. */
export const CHINESE_TEXTS: ChineseTexts = {
  ...API_TEXTS,
  ...CLIENT_TEXTS,
  ...EDGE_TEXTS,
  ...KEY_TEXTS,
  ...NOTIFICATION_TEXTS,
}

/** What an error says in one language: what happened, and the next step where there is one. */
export interface SpokenText {
  readonly message: string
  readonly hint?: string | undefined
}

function fill(text: string, params: TextParams): string {
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => {
    if (!Object.hasOwn(params, name)) return place
    const value = String(params[name])
    return Object.hasOwn(TERMS, value) ? (TERMS[value] ?? value) : value
  })
}

const hasIssues = (error: LLPayError): error is ParameterError => error.name === 'ParameterError'

/** What is filled into the text of an error; of parameters, the rules in Chinese. */
function paramsOf(error: LLPayError): TextParams {
  const { params } = error
  if (!hasIssues(error) || !Object.hasOwn(params, 'rules')) return params
  return { ...params, rules: error.issues.map((issue) => issueInChinese(issue)).join('；') }
}

/**
 * What an error says in Chinese, or in English where there is no Chinese text for its `reason`.
 *
 * @example
 * import { ConfigError } from '@llpay/core'
 * import { inChinese } from '@llpay/core/errors/chinese'
 * console.log(inChinese(new ConfigError('ERR_CONFIG_MISSING', 'No key was given.')).message)
 */
export function inChinese(error: LLPayError): SpokenText {
  const { message, hint, reason, zh } = error
  if (zh !== undefined) return zh
  const text = Object.hasOwn(CHINESE_TEXTS, reason) ? CHINESE_TEXTS[reason] : undefined
  if (text === undefined) return { message, hint }
  const params = paramsOf(error)
  const next = text.hint === undefined ? undefined : fill(text.hint, params)
  return { message: fill(text.message, params), hint: next }
}
