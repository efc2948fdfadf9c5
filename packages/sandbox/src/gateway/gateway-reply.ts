import { signMembers } from '@llpay/core/adapter'
import { describeReturnCode } from '@llpay/core/return-codes'
import { ALGORITHMS, type Signer } from '@llpay/core/signing'

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

/** Turns a reply into the members that are sent, signed where LianLian would sign. */
export async function seal(
  reply: GatewayReply,
  signer: Signer,
): Promise<Readonly<Record<string, unknown>>> {
  if (!reply.signed) return { ...reply.members }
  const members = { ...reply.members, sign_type: ALGORITHMS[signer.algorithm].signType }
  const { sign } = await signMembers(members, signer)
  return { ...reply.unsigned, ...members, sign }
}

/**
 * A signer whose signatures verify with no key at all: as long as the gateway's and as random to a
 * verifier as those of another key.
 */
export function strangeSigner(signer: Signer): Signer {
  return {
    algorithm: signer.algorithm,
    async sign(message) {
      const signature = await signer.sign(message)
      // The first byte is kept small, so that the number stays below the modulus.
      return signature.map((byte, index) => (index === 0 ? byte >> 1 : byte ^ 0x55))
    },
  }
}
