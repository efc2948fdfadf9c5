import type { Api } from '../api/define-api.ts'
import { RejectedError } from '../errors/rejected-error.ts'
import { lookUpReturnCode } from '../return-codes/classes.ts'

const FALLBACK = 'Look the code up together with its message, and ask LianLian if it persists.'

/**
 * Loaded when there is a refusal to word: most clients never need it. Where it cannot be loaded, the
 * refusal is one all the same.
 */
async function generalAdvice(returnCode: string, category: string): Promise<string> {
  try {
    const { adviceFor } = await import('../return-codes/advice.ts')
    return adviceFor(returnCode, category).en
  } catch {
    return FALLBACK
  }
}

/** Makes the error for an agreement that is bound for another product than the call named. */
export function boundElsewhere(payType: string): RejectedError {
  return new RejectedError(
    'ERR_AGREEMENT_ELSEWHERE',
    'The agreement is bound for another product than the call named, so nothing was sent. Call again with the pay_type of this error.',
    { category: 'other-product', signature: 'verified', payType },
    { delivered: 'no' },
  )
}

/** Makes the error for an answer whose return code is not success. */
export async function rejection(
  api: Api,
  answer: {
    readonly returnCode: string
    readonly returnMessage: string | undefined
    readonly signature: 'verified' | 'absent'
  },
): Promise<RejectedError> {
  const { returnCode, returnMessage, signature } = answer
  const { category } = lookUpReturnCode(returnCode)
  const signed = signature === 'verified' ? 'signed' : 'unsigned'
  const advice = api.advice[returnCode] ?? (await generalAdvice(returnCode, category))
  return new RejectedError(
    'ERR_REJECTED',
    `LianLian answered ${api.id} with ${returnCode} (${category}, ${signed}). ${advice}`,
    {
      returnCode,
      category,
      signature,
      ...(returnMessage === undefined ? {} : { returnMessage }),
    },
  )
}
