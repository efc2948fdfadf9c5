import { LLPayError, type ErrorText } from './ll-pay-error.ts'

/** One rule that a parameter broke: the parameter's name and the rule's, never the value. */
export interface ParameterIssue {
  readonly path: string
  readonly rule: string
}

/** A parameter of the call is missing, unknown or of the wrong form. Nothing was sent. */
export class ParameterError extends LLPayError {
  readonly code: 'ERR_PARAMETER_INVALID'
  readonly #issues: readonly ParameterIssue[]

  constructor(text: ErrorText | string, issues: readonly ParameterIssue[]) {
    super(text)
    this.code = 'ERR_PARAMETER_INVALID'
    this.#issues = issues
  }

  override get name(): 'ParameterError' {
    return 'ParameterError'
  }

  /** Every rule that was broken. */
  get issues(): readonly ParameterIssue[] {
    return this.#issues
  }

  protected override details(): Readonly<Record<string, unknown>> {
    return { issues: this.#issues }
  }
}
