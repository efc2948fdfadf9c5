import type { Api } from '../api/define-api.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { VerifiedMembers } from '../signing/verify-members.ts'

/** Members of a request that an answer may repeat, and must then repeat unchanged. */
const ECHOES = ['oid_partner', 'user_id', 'no_agree', 'platform', 'pay_type']

/**
 * Refuses an answer that was signed for another request or another endpoint.
 *
 * @throws {ProtocolError} `ERR_REPLY_MISMATCH`.
 */
export function refuseForeign(
  api: Api,
  sent: Readonly<Record<string, string>>,
  received: VerifiedMembers,
): void {
  const other = ECHOES.some((name) => {
    const echo = received.get(name)
    const asked = sent[name] ?? api.assumed[name]
    const isResult = asked === undefined && Object.hasOwn(api.reply, name)
    return echo !== undefined && !isResult && echo !== asked
  })
  if (other) {
    throw new ProtocolError(
      'ERR_REPLY_MISMATCH',
      'The answer is signed, but names another merchant, customer, agreement or product than the request.',
    )
  }
  if (api.foreignFields.some((name) => received.has(name))) {
    throw new ProtocolError(
      'ERR_REPLY_MISMATCH',
      'The answer is signed, but has members that only other endpoints send.',
    )
  }
}
