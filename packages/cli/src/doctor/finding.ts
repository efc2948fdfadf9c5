import { ConfigError, type LLPayError } from '@llpay/core'

/** How something stands. */
export type State = 'ok' | 'warning' | 'problem' | 'skipped'

/** What one check found. */
export interface Finding {
  /** What was looked at. */
  readonly check: string
  readonly state: State
  readonly text: string
  /** What to do about it. */
  readonly fix?: string
  /** What a call would throw because of it. */
  readonly error?: LLPayError
}

/** What is as it should be. */
export const fine = (check: string, text: string): Finding => ({ check, state: 'ok', text })

/** What was not looked at, and why. */
export const skipped = (check: string, text: string): Finding => ({ check, state: 'skipped', text })

/** What works, but may not be meant. */
export const warn = (check: string, text: string, fix?: string): Finding => ({
  check,
  state: 'warning',
  text,
  ...(fix === undefined ? {} : { fix }),
})

/** The first sentence of a text says what is, the others what to do. */
const divide = (text: string) => text.split(/(?<=[.]) (.*)/s)

/** What works, but may not be meant, and what to do, in the sentences of one text. */
export function noted(check: string, note: string): Finding {
  const [text = '', fix] = divide(note)
  return warn(check, text, fix)
}

/** What does not work: an error says what it is, and its hint what to do. */
export function problem(check: string, error: LLPayError, fix?: string): Finding {
  if (error.hint !== undefined) {
    return { check, state: 'problem', text: error.message, fix: fix ?? error.hint, error }
  }
  const [text = '', rest = ''] = divide(error.message)
  const advice = fix ?? (rest === '' ? error.message : rest)
  return { check, state: 'problem', text, fix: advice, error }
}

/** A problem that no error of llpay stands for. */
export const broken = (check: string, text: string, fix: string): Finding =>
  problem(check, new ConfigError('ERR_CONFIG_INVALID', text), fix)
