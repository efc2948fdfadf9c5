import { LLPayError, type ErrorText } from './ll-pay-error.ts'

/** What the list of bound cards last showed for the agreement; `null` if it was never queried. */
export type LastSeen = 'listed' | 'not-listed' | 'inconclusive' | null

/** What is known about a call whose outcome is not. */
export interface UnknownOutcome {
  /** How many attempts at the change were started. */
  readonly attempts: number
  /** What the list of bound cards last showed. */
  readonly lastSeen: LastSeen
  /** The error that the last attempt ended with. */
  readonly cause: unknown
  /** LianLian's signed success, if its list of bound cards contradicts it. */
  readonly reply?: object | undefined
  /** See `UnknownOutcomeError`. */
  readonly payType?: string | undefined
  /** `no` if nothing was sent because the lists were inconclusive (default: `unknown`). */
  readonly delivered?: 'no' | undefined
}

/**
 * The request may have been carried out, and nothing proves that it was or was not. With
 * `delivered: 'no'` nothing was sent, and whether the card is bound is unknown.
 *
 * Before retrying, query the customer's bound cards. `cause` is the error of the last attempt.
 */
export class UnknownOutcomeError extends LLPayError {
  /** Always `ERR_OUTCOME_UNKNOWN`. */
  readonly code: 'ERR_OUTCOME_UNKNOWN'
  readonly #outcome: UnknownOutcome

  constructor(text: ErrorText | string, outcome: UnknownOutcome) {
    super(text, { cause: outcome.cause, delivered: outcome.delivered ?? 'unknown' })
    this.code = 'ERR_OUTCOME_UNKNOWN'
    this.#outcome = outcome
  }

  override get name(): 'UnknownOutcomeError' {
    return 'UnknownOutcomeError'
  }

  /** How many attempts at the change were started; 0 if `delivered` is `no`. */
  get attempts(): number {
    return this.#outcome.attempts
  }

  /**
   * What the list of bound cards last showed: the agreement is `listed` or `not-listed`, or the list was
   * `inconclusive`; `null` if it was never queried.
   */
  get lastSeen(): LastSeen {
    return this.#outcome.lastSeen
  }

  /** LianLian's signed success, if its list of bound cards contradicts it. */
  get reply(): object | undefined {
    return this.#outcome.reply
  }

  /**
   * The `pay_type` under which the agreement is listed, if the one that the call named no longer lists it:
   * one agreement may be bound for several products. For `ensureUnbound`, the product whose outcome is
   * unknown.
   */
  get payType(): string | undefined {
    return this.#outcome.payType
  }

  protected override details(): Readonly<Record<string, unknown>> {
    const { attempts, lastSeen, payType } = this
    return { attempts, lastSeen, ...(payType === undefined ? {} : { payType }) }
  }
}
