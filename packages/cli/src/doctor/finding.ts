import { ConfigError, isLLPayError, type LLPayError } from '@llpay/core'
import { inChinese } from '@llpay/core/errors/chinese'
import type { RsaPrivateKey, RsaPublicKey } from '@llpay/core/keys'

import type { Settings } from '../config/settings.ts'
import type { Environment } from '../config/sources.ts'
import { t, type Phrase, type Text } from '../output/language.ts'
import { errorText } from '../program/errors.ts'

export interface Patient {
  readonly env: Environment
  readonly settings: Settings
  /** The keys, as far as they can be read. */
  readonly privateKey: RsaPrivateKey | undefined
  readonly gatewayKeys: readonly RsaPublicKey[]
  readonly signal: AbortSignal
}

/** What is checked, in Chinese. */
export const CHECKS = {
  configuration: '配置',
  profile: '配置档',
  merchant: '商户号',
  gateway: '网关',
  'private key': '私钥',
  'gateway key': '网关公钥',
  pair: '密钥配对',
  'Node.js': 'Node.js',
  certificates: '证书',
  proxy: '代理',
  DNS: 'DNS',
  TLS: 'TLS',
  connection: '连接',
  clock: '时钟',
  'outgoing address': '出口地址',
  query: '查询',
} as const

export type Check = keyof typeof CHECKS

/** How something stands. */
export type State = 'ok' | 'warning' | 'problem' | 'skipped'

/** What one check found. */
export interface Finding {
  /** What was looked at. */
  readonly check: Check
  readonly state: State
  readonly text: Phrase
  /** What to do about it. */
  readonly fix?: Phrase
  /** What a call would throw because of it. */
  readonly error?: LLPayError
}

const asPhrase = (text: Text): Phrase => (typeof text === 'string' ? t(text, text) : text)

/** What is as it should be. */
export const fine = (check: Check, text: Text): Finding => ({
  check,
  state: 'ok',
  text: asPhrase(text),
})

/** What was not looked at, and why. */
export const skipped = (check: Check, text: Phrase): Finding => ({ check, state: 'skipped', text })

/** What works, but may not be meant. */
export const warn = (check: Check, text: Phrase, fix?: Phrase): Finding => ({
  check,
  state: 'warning',
  text,
  ...(fix === undefined ? {} : { fix }),
})

/** What does not work: an error says what it is, and its hint what to do. */
export function problem(check: Check, error: LLPayError, fix?: Phrase): Finding {
  const { message, hint } = error
  const said = inChinese(error)
  const advice = fix ?? (hint === undefined ? undefined : t(hint, said.hint ?? hint))
  return {
    check,
    state: 'problem',
    text: t(message, said.message),
    fix: advice ?? t(message, said.message),
    error,
  }
}

/** A problem that no error of llpay stands for. */
export const broken = (check: Check, text: Phrase, fix: Phrase): Finding =>
  problem(check, new ConfigError('ERR_CONFIG_INVALID', errorText('doctor.problem', text, fix)))

/** Does something that throws an error of llpay where something is wrong. */
export function attempt(check: Check, act: () => Finding): Finding {
  try {
    return act()
  } catch (error) {
    if (!isLLPayError(error)) throw error
    return problem(check, error)
  }
}
