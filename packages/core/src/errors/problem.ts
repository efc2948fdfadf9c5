import { isLLPayError } from './is-ll-pay-error.ts'
import type { Delivered, LLPayError } from './ll-pay-error.ts'

/** An error as the body of an HTTP response: problem details, RFC 9457. It contains no key and no card data. */
export interface Problem {
  /** `urn:llpay:` and the error's code; `about:blank` for an error that is not llpay's. */
  readonly type: string
  /** What kind of problem it is: the same for every error of a type. */
  readonly title: string
  /** The HTTP status to respond with. */
  readonly status: number
  /** What happened and what to do next, in English. */
  readonly detail: string
  /** The error's code, such as `ERR_OUTCOME_UNKNOWN`. */
  readonly code?: string
  /** Whether the change, or the query, reached LianLian. */
  readonly delivered?: Delivered
  /** LianLian's `ret_code`, if it refused. */
  readonly returnCode?: string
  /** The kind of refusal, such as `not-found` or `limit`. */
  readonly category?: string
  /** The `pay_type` that the error is about, if that is known. */
  readonly payType?: string
}

type Kind = readonly [title: string, status: (error: LLPayError) => number]

/** Refusals that are not 422, by category. */
const REFUSALS: Readonly<Record<string, number>> = {
  'not-found': 404,
  'other-product': 409,
  duplicate: 409,
  limit: 429,
  signature: 500,
  'auth-or-config': 500,
  system: 502,
  'bank-or-network-transient': 502,
  processing: 502,
  unlisted: 502,
}

const always = (status: number) => () => status
const unlessSent = ({ delivered }: LLPayError) => (delivered === 'no' ? 503 : 504)

/** By the error's name, which is the same in two copies of the package. */
const KINDS: Readonly<Record<string, Kind>> = {
  ParameterError: ['A parameter is not valid', always(400)],
  RejectedError: [
    'LianLian Pay refused the request',
    (error) => entryOf(REFUSALS, textOf(error, 'category')) ?? 422,
  ],
  SignatureError: ['The reply cannot be trusted', always(502)],
  ProtocolError: ['The reply is not valid', always(502)],
  TransportError: ['LianLian Pay could not be reached, or did not reply', unlessSent],
  UnknownOutcomeError: ['The outcome is unknown', unlessSent],
}

/** Titles by code, for a RejectedError without a refusal. */
const TITLES: Readonly<Record<string, string>> = {
  ERR_AGREEMENT_ELSEWHERE: 'The card is bound for another product',
}

const OTHER: Kind = ['The server cannot make this call', always(500)]

const FACTS = ['returnCode', 'category', 'payType'] as const

function entryOf<T>(table: Readonly<Record<string, T>>, name: string | undefined): T | undefined {
  return name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined
}

function textOf(error: LLPayError, name: string): string | undefined {
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' ? value : undefined
}

/**
 * Converts any error that was caught to problem details (RFC 9457), for the response of an HTTP route. It
 * says "refused" only if LianLian refused, and never that a card is still bound if that is unknown.
 *
 * | status | when |
 * | --- | --- |
 * | 400 | a parameter is not valid |
 * | 404, 409, 429, 422 | LianLian refused: no such card; another product, or a duplicate; a limit; anything else |
 * | 500 | keys, configuration or the merchant's setup are wrong, or the error is not llpay's |
 * | 502 | LianLian failed, or the reply cannot be trusted |
 * | 503 | nothing was sent: the same call can be retried |
 * | 504 | the outcome is unknown |
 *
 * @example
 * import { toProblem } from '@llpay/core'
 * function respond(error: unknown): Response {
 *   const problem = toProblem(error)
 *   const headers = { 'content-type': 'application/problem+json' }
 *   return new Response(JSON.stringify(problem), { status: problem.status, headers })
 * }
 * console.log(respond(new Error('a bug')).status)
 */
export function toProblem(error: unknown): Problem {
  if (!isLLPayError(error)) {
    return {
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      detail: 'The server failed. Whether anything was changed is unknown.',
    }
  }
  const { code, message, hint, delivered } = error
  const [title, statusOf] = entryOf(KINDS, error.name) ?? OTHER
  const facts = FACTS.flatMap((name) => {
    const text = textOf(error, name)
    return text === undefined ? [] : [[name, text] as const]
  })
  return {
    type: `urn:llpay:${code}`,
    title: entryOf(TITLES, code) ?? title,
    status: statusOf(error),
    detail: hint === undefined ? message : `${message} ${hint}`,
    code,
    delivered,
    ...Object.fromEntries(facts),
  }
}
