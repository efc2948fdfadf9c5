import { describeReturnCode } from '@llpay/core/return-codes'

/** What the gateway replies: the members, and whether LianLian would sign them. */
export interface GatewayReply {
  readonly members: Readonly<Record<string, string>>
  readonly signed: boolean
  /** Members that LianLian leaves out of the signature. */
  readonly unsigned?: Readonly<Record<string, unknown>>
}

/** Makes a reply with a return code and LianLian's text for it. */
export function replyWith(
  returnCode: string,
  options: { readonly detail?: string; readonly signed?: boolean } = {},
): GatewayReply {
  const text = describeReturnCode(returnCode)?.zh ?? '沙箱返回'
  const ret_msg = options.detail === undefined ? text : `${text}[${options.detail}]`
  return { members: { ret_code: returnCode, ret_msg }, signed: options.signed ?? false }
}

/** The signed reply to a request that was carried out. */
export function success(members: Readonly<Record<string, string>> = {}): GatewayReply {
  const { members: code } = replyWith('0000')
  return { members: { ...code, ...members }, signed: true }
}
