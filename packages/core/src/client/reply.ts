import type { Api, FieldsOf } from '../api/define-api.ts'

/** The same in two copies of the package, and no name that a polluted prototype could have. */
export const STEPS: unique symbol = /* @__PURE__ */ Symbol.for('llpay.steps')

/** A call of several requests, which share the context of the call: one deadline, one retry budget. */
export interface Procedure<Result, CallContext = never> extends Api {
  readonly [STEPS]: (params: object, context: CallContext) => Promise<Result>
}

/** A good answer: built from what its signature covers. */
export interface Reply<Fields> {
  /** Members of the answer by their names on the wire; values are text, as it was signed. */
  readonly fields: Fields
  readonly signature: 'verified'
  /** The names in `fields` that no signature covers. */
  readonly unsignedFields: readonly string[]
  /** How many requests were sent for it. */
  readonly attempts: number
}

/** What proves the outcome of a change. */
export type Evidence = 'signed-reply' | 'signed-query' | 'unsigned-query'

/** The answer that proves an outcome; of an unsigned query nothing is signed. */
export type EvidenceReply<Fields> = Omit<Reply<Fields>, 'signature'> & {
  readonly signature: 'verified' | 'absent'
}

/** The proven outcome of a call that changes something. */
export interface ChangeResult<Outcome, Fields> {
  readonly outcome: Outcome
  readonly evidence: Evidence
  /** The answer that is the evidence. */
  readonly reply: EvidenceReply<Fields>
  /** How many requests that change something were sent. */
  readonly attempts: number
}

/**
 * What a call of an endpoint resolves to: a change says its outcome, a query gives its answer. For an
 * endpoint that is not known when the code is written, either.
 */
export type ResultOf<A extends Api> =
  A extends Procedure<infer Result> ? Result : ResultOfEndpoint<A>

type ResultOfEndpoint<A extends Api> = A extends { readonly outcome: infer Outcome extends string }
  ? ChangeResult<Outcome, FieldsOf<A>>
  : 'outcome' extends keyof A
    ? ChangeResult<string, FieldsOf<A>> | Reply<FieldsOf<A>>
    : Reply<FieldsOf<A>>
