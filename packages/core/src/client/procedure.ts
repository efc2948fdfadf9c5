import type { Api } from '../api/define-api.ts'

/** The same in two copies of the package, and no name that a polluted prototype could have. */
export const STEPS: unique symbol = /* @__PURE__ */ Symbol.for('llpay.steps')

/** A call of several requests, which share the session of the call: one deadline, one retry budget. */
export interface Procedure<Result, Session = never> extends Api {
  readonly [STEPS]: (params: object, session: Session) => Promise<Result>
}
