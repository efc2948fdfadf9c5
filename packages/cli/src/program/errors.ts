import { ConfigError, type LLPayError } from '@llpay/core'

import type { Phrase } from '../output/language.ts'

/** The text of an error in both languages: what happened and why, and the next step. */
export function errorText(reason: string, text: Phrase, hint?: Phrase) {
  return {
    reason,
    message: text.en,
    zh: { message: text.zh, ...(hint === undefined ? {} : { hint: hint.zh }) },
    ...(hint === undefined ? {} : { hint: hint.en }),
  }
}

/** A mistake in how a command was called. */
export const usageError = (reason: string, text: Phrase, hint?: Phrase): ConfigError =>
  new ConfigError('ERR_CONFIG_USAGE', errorText(reason, text, hint))

/** A value that cannot be used, or a file that cannot be read. */
export const invalidError = (reason: string, text: Phrase, hint?: Phrase): ConfigError =>
  new ConfigError('ERR_CONFIG_INVALID', errorText(reason, text, hint))

/** What an error of the command line says, in both languages. */
export function phrasesOf({ message, hint, zh }: LLPayError): {
  readonly message: Phrase
  readonly hint: Phrase | undefined
} {
  return {
    message: { en: message, zh: zh?.message ?? message },
    hint: hint === undefined ? undefined : { en: hint, zh: zh?.hint ?? hint },
  }
}
