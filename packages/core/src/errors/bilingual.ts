import type { ErrorText } from './ll-pay-error.ts'

/** What happened and why, and the next step. */
type Spoken = readonly [message: string, hint?: string]

/** The text of an error that is written in both languages at once, as a diagnosis is. */
export const bilingual = (
  reason: string,
  [message, hint]: Spoken,
  [zhMessage, zhHint]: Spoken,
): ErrorText => ({ reason, message, hint, zh: { message: zhMessage, hint: zhHint } })
