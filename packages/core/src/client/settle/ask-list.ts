import type { Api } from '../../api/define-api.ts'
import { RejectedError } from '../../errors/rejected-error.ts'
import type { Deadline } from '../deadline.ts'
import type { ClientEvent } from '../events.ts'
import { exchange } from '../exchange.ts'
import { prepareRequest } from '../prepare-request.ts'
import type { Session } from '../session.ts'
import { isUntrustedList, verdictOfError, verdictOfReply, type Verdict } from './verdict.ts'

/** Why the list is asked. */
export type Stage = Extract<ClientEvent, { type: 'settlement' }>['stage']

/** The products under which an agreement may be found, besides the one that was named. */
const PAY_TYPES = ['2', '3', 'D', 'P', 'M', 'F']

/** "Not entitled to this payment product": what a merchant does not have, no card of his is bound under. */
const NO_SUCH_PRODUCT = '3010'

/** The agreement that a call is about: the members that were sent, and the list that knows them. */
export interface Agreement {
  readonly query: Api
  readonly members: Readonly<Record<string, string>>
}

/** The product that was named, or the one that LianLian assumes. */
function payTypeOf({ query, members }: Agreement): string {
  return members['pay_type'] ?? query.assumed['pay_type'] ?? ''
}

async function ask(
  agreement: Agreement,
  pay_type: string,
  session: Session,
  deadline: Deadline,
): Promise<Verdict> {
  const { query, members } = agreement
  const { user_id, no_agree = '', platform } = members
  const params = { user_id, no_agree, pay_type, ...(platform === undefined ? {} : { platform }) }
  try {
    const request = await deadline.cover(prepareRequest(query, params, session.parts))
    const reply = await exchange(request, session, deadline, { sent: 0 })
    return verdictOfReply(reply, no_agree)
  } catch (error) {
    if (isUntrustedList(error)) throw error
    return verdictOfError(query, error)
  }
}

/**
 * Asks the list of bound cards for exactly the agreement that the call is about.
 *
 * @throws {SignatureError} and {ProtocolError}, where the list itself cannot be believed.
 */
export async function askList(
  agreement: Agreement,
  stage: Stage,
  session: Session,
  deadline: Deadline,
): Promise<Verdict> {
  const verdict = await ask(agreement, payTypeOf(agreement), session, deadline)
  session.emit({ type: 'settlement', api: agreement.query.id, verdict: verdict.seen, stage })
  return verdict
}

/** Where else an agreement is listed. */
export interface Elsewhere {
  /** The product under which it is. */
  readonly payType?: string
  /** Whether every list said that it is not there, or cannot be. */
  readonly isSure: boolean
}

function rulesOut(verdict: Verdict): boolean {
  if (verdict.seen !== 'inconclusive') return verdict.seen === 'not-listed'
  const { cause } = verdict
  return cause instanceof RejectedError && cause.returnCode === NO_SUCH_PRODUCT
}

/** Looks for the agreement under the other products. */
export async function findElsewhere(
  agreement: Agreement,
  session: Session,
  deadline: Deadline,
): Promise<Elsewhere> {
  const others = PAY_TYPES.filter((payType) => payType !== payTypeOf(agreement))
  let isSure = true
  for (const payType of others) {
    const verdict = await ask(agreement, payType, session, deadline)
    const { seen } = verdict
    session.emit({
      type: 'settlement',
      api: agreement.query.id,
      verdict: seen,
      stage: 'elsewhere',
    })
    if (seen === 'listed') return { payType, isSure }
    if (!rulesOut(verdict)) isSure = false
  }
  return { isSure }
}
