import type { Api, FieldsOf } from '../api/define-api.ts'

/** The same symbol in two copies of the package, and never a name in a polluted prototype. */
export const STEPS: unique symbol = /* @__PURE__ */ Symbol.for('llpay.steps')

/** A call of several requests, which share the context of the call: one deadline, one retry budget. */
export interface Procedure<Result, CallContext = never> extends Api {
  readonly [STEPS]: (params: object, context: CallContext) => Promise<Result>
}

/** A verified reply, built from what its signature covers. */
export interface Reply<Fields> {
  /** The members of the reply by their names on the wire. Values are text, as they were signed. */
  readonly fields: Fields
  /** The reply's signature was verified with LianLian's public key. */
  readonly signature: 'verified'
  /** The names in `fields` that no signature covers. */
  readonly unsignedFields: readonly string[]
  /** How many requests were sent for it. */
  readonly attempts: number
}

/**
 * What proves the outcome of a change: the signed reply to the change itself, a signed list that no
 * longer has the card, or an unsigned "no record" reply of the list, which rests on TLS alone.
 */
export type Evidence = 'signed-reply' | 'signed-query' | 'unsigned-query'

/** The reply that proves an outcome. `signature` is `absent` for `unsigned-query`. */
export type EvidenceReply<Fields> = Omit<Reply<Fields>, 'signature'> & {
  /** The reply's signature was verified with LianLian's public key. */
  readonly signature: 'verified' | 'absent'
}

/** The proven outcome of a call that changes something. */
export interface ChangeResult<Outcome, Fields> {
  /** What became of the change, such as `unbound`. */
  readonly outcome: Outcome
  /** What proves the outcome. */
  readonly evidence: Evidence
  /** The reply that is the evidence. */
  readonly reply: EvidenceReply<Fields>
  /** How many requests that change something were sent. */
  readonly attempts: number
}

/**
 * What a call of an endpoint resolves to: the outcome of a change, or the reply to a query. For an
 * endpoint that is not known at compile time, either.
 */
export type ResultOf<A extends Api> =
  A extends Procedure<infer Result> ? Result : ResultOfEndpoint<A>

type ResultOfEndpoint<A extends Api> = A extends { readonly outcome: infer Outcome extends string }
  ? ChangeResult<Outcome, FieldsOf<A>>
  : 'outcome' extends keyof A
    ? ChangeResult<string, FieldsOf<A>> | Reply<FieldsOf<A>>
    : Reply<FieldsOf<A>>
