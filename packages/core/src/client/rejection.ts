import type { Api } from '../api/define-api.ts'
import { RejectedError } from '../errors/rejected-error.ts'
import { adviceInEnglish } from '../return-codes/advice.ts'
import { lookUpReturnCode } from '../return-codes/classes.ts'

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
export function rejection(
  api: Api,
  answer: {
    readonly returnCode: string
    readonly returnMessage: string | undefined
    readonly signature: 'verified' | 'absent'
  },
): RejectedError {
  const { returnCode, returnMessage, signature } = answer
  const { category } = lookUpReturnCode(returnCode)
  const signed = signature === 'verified' ? 'signed' : 'unsigned'
  const advice = api.advice[returnCode] ?? adviceInEnglish(returnCode, category)
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
