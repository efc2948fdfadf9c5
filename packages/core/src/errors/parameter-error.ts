import { LLPayError, type ErrorText } from './ll-pay-error.ts'

/** One rule that a parameter breaks: the names of both, never the value. */
export interface ParameterIssue {
  /** The parameter's name, such as `no_agree`. */
  readonly path: string
  /** The rule's name, such as `required` or `max_length`. */
  readonly rule: string
}

/** A parameter of the call is missing, unknown or invalid. Nothing was sent. */
export class ParameterError extends LLPayError {
  /** Always `ERR_PARAMETER_INVALID`. */
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

  /** Every rule that was broken, with the parameter's name; never a value. */
  get issues(): readonly ParameterIssue[] {
    return this.#issues
  }

  protected override details(): Readonly<Record<string, unknown>> {
    return { issues: this.#issues }
  }
}
