import { isLLPayError, ParameterError, RejectedError } from '@llpay/edge'

/** What the Worker answers when a card was not, or may not have been, unbound. */
export interface Failure {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** The answer for each error after which something is known, by the error's name. */
const ANSWERS: Readonly<Record<string, readonly [status: number, result: string]>> = {
  ParameterError: [400, 'invalid'],
  // LianLian said no: the card is still bound.
  RejectedError: [422, 'refused'],
  // The card may be gone. Look at the customer's cards before asking again.
  UnknownOutcomeError: [504, 'unknown'],
  // Something answered, and it was not provably LianLian. The card may be gone all the same.
  SignatureError: [502, 'untrusted'],
  ProtocolError: [502, 'untrusted'],
}

/** Nothing left the Worker; asking again is safe, and may help. */
const NOT_SENT = [503, 'not-sent'] as const

function details(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof ParameterError) return { issues: error.issues }
  if (!(error instanceof RejectedError)) return {}
  const { returnCode, category } = error
  return { returnCode, category }
}

/**
 * Says what an error means for whoever asked. It never says "not unbound" where that is not known, and
 * repeats no text of LianLian's.
 */
export function describeFailure(error: unknown): Failure {
  // A mistake of our own may have come after the request was sent.
  if (!isLLPayError(error)) return { status: 500, body: { result: 'unknown' } }
  const known = ANSWERS[error.name] ?? (error.delivered === 'no' ? NOT_SENT : undefined)
  const [status, result] = known ?? [504, 'unknown']
  return { status, body: { result, code: error.code, ...details(error) } }
}
