import type { ReturnCode } from '@llpay/core/return-codes'

/** Whether the same request may be sent again after a code. */
export interface RetryAdvice {
  /** For a request that changes something. */
  readonly change: string
  /** For one that only asks. */
  readonly query: string
}

const CHANGE: Readonly<Record<ReturnCode['class'], string>> = {
  success: 'not needed',
  refused: 'no: nothing was changed, and the answer would be the same',
  unknown: 'only after asking what became of it',
}

/** Says whether to send again after a code. */
export function retryAdvice({ class: kind, mayAskAgain }: ReturnCode): RetryAdvice {
  const query = mayAskAgain ? 'yes, after a while' : 'no'
  return { change: CHANGE[kind], query: kind === 'success' ? 'not needed' : query }
}
