import { signMembers } from '@llpay/core/adapter'
import { ALGORITHMS, type Signer } from '@llpay/core/signing'

import type { GatewayReply } from './gateway-reply.ts'

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
