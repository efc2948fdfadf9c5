import type { Api } from '../api/define-api.ts'
import { RejectedError } from '../errors/rejected-error.ts'
import { lookUpReturnCode } from '../return-codes/classes.ts'

const ADVICE: Readonly<Record<string, string>> = {
  signature:
    'Check that the private key belongs to the public key in the merchant console, and that oid_partner is its merchant.',
  parameter: 'Correct the parameter that LianLian names in its message, and call again.',
  'auth-or-config':
    'Ask LianLian to set the merchant up: its number, product permission or IP allow-list (code 1008) is missing.',
  'not-found': 'Check user_id, no_agree, pay_type and platform.',
  'card-or-user': 'Only the customer or the issuing bank can mend this; do not repeat the call.',
  limit: 'A limit was reached; try later, or ask LianLian to raise it.',
  duplicate: 'Query what exists already before calling again.',
  risk: "LianLian's risk control refused; ask LianLian.",
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

const FALLBACK = 'Look the code up with its message, and ask LianLian if it persists.'

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
  const advice = api.advice[returnCode] ?? ADVICE[category] ?? FALLBACK
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
