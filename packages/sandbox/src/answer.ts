import { describeReturnCode } from '@llpay/core/return-codes'

/** What the sandbox answers: members of the reply, and whether LianLian would sign them. */
export interface Answer {
  readonly members: Readonly<Record<string, string>>
  readonly signed: boolean
  /** Members that LianLian leaves out of the signature. */
  readonly unsigned?: Readonly<Record<string, unknown>>
}

/** Makes an answer with a return code and LianLian's text for it. */
export function answer(
  returnCode: string,
  options: { readonly detail?: string; readonly signed?: boolean } = {},
): Answer {
  const text = describeReturnCode(returnCode)?.zh ?? '沙箱返回'
  const ret_msg = options.detail === undefined ? text : `${text}[${options.detail}]`
  return { members: { ret_code: returnCode, ret_msg }, signed: options.signed ?? false }
}
