/** What a call reported to its caller, as a row of the table. */
export type Reported =
  | 'unbound, signed-reply'
  | 'unbound, signed-query'
  | 'unbound, unsigned-query'
  | 'refused'
  | 'bound elsewhere'
  | 'not delivered'
  | 'untrusted'
  | 'unknown, listed'
  | 'unknown, not-listed'
  | 'unknown, inconclusive'
  | 'unknown, list not asked'
  | 'something else'

/** The rows of the table, in order. */
export const REPORTED: readonly Reported[] = [
  'unbound, signed-reply',
  'unbound, signed-query',
  'unbound, unsigned-query',
  'refused',
  'bound elsewhere',
  'not delivered',
  'untrusted',
  'unknown, listed',
  'unknown, not-listed',
  'unknown, inconclusive',
  'unknown, list not asked',
  'something else',
]

const ERRORS: Readonly<Record<string, (error: object) => string>> = {
  RejectedError: (error) =>
    Reflect.get(error, 'code') === 'ERR_AGREEMENT_ELSEWHERE' ? 'bound elsewhere' : 'refused',
  SignatureError: () => 'untrusted',
  ProtocolError: () => 'untrusted',
  UnknownOutcomeError: (error) =>
    `unknown, ${String(Reflect.get(error, 'lastSeen') ?? 'list not asked')}`,
  TransportError: (error) => (Reflect.get(error, 'delivered') === 'no' ? 'not delivered' : ''),
}

const known = (text: string): Reported => REPORTED.find((each) => each === text) ?? 'something else'

/** Reads what a call resolved to. */
export const reportOfResult = ({ outcome, evidence }: { outcome: string; evidence: string }) =>
  known(`${outcome}, ${evidence}`)

/** Reads what a call was rejected with. */
export function reportOfError(error: unknown): Reported {
  if (!(error instanceof Error)) return 'something else'
  return known(ERRORS[error.name]?.(error) ?? '')
}
