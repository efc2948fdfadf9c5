import { LLPayError, type ErrorText, type LLPayErrorOptions } from './ll-pay-error.ts'

/** Why LianLian's answer is a refusal. */
export type RejectedErrorCode = 'ERR_REJECTED' | 'ERR_AGREEMENT_ELSEWHERE'

/** What LianLian said when it refused. */
export interface Rejection {
  /** `ret_code`, four characters. */
  readonly returnCode?: string
  /** `ret_msg`, as LianLian wrote it, cut at 200 characters. It may name a parameter. */
  readonly returnMessage?: string
  /**
   * The kind of failure, from the return-code table: `signature`, `parameter`, `not-found`, ...;
   * `other-product` for `ERR_AGREEMENT_ELSEWHERE`.
   */
  readonly category: string
  /** Whether the refusal itself was signed. Gate failures (1001, 1004, 3001, 3003) are not. */
  readonly signature: 'verified' | 'absent'
  /** The `pay_type` under which the agreement was found, for `ERR_AGREEMENT_ELSEWHERE`. */
  readonly payType?: string
}

const RETURN_MESSAGE_LIMIT = 200

/**
 * LianLian received the request and refused it: nothing was changed. For `ERR_AGREEMENT_ELSEWHERE`
 * the request was not sent, because the agreement is bound for another product.
 */
export class RejectedError extends LLPayError {
  readonly code: RejectedErrorCode
  readonly #rejection: Rejection

  constructor(
    code: RejectedErrorCode,
    text: ErrorText | string,
    rejection: Rejection,
    options?: LLPayErrorOptions,
  ) {
    super(text, { delivered: 'yes', ...options })
    this.code = code
    this.#rejection = rejection
  }

  override get name(): 'RejectedError' {
    return 'RejectedError'
  }

  /** LianLian's `ret_code`, four characters. */
  get returnCode(): string | undefined {
    return this.#rejection.returnCode
  }

  /** LianLian's `ret_msg`, cut at 200 characters. It may name a parameter. */
  get returnMessage(): string | undefined {
    const text = this.#rejection.returnMessage
    return text === undefined ? undefined : Array.from(text).slice(0, RETURN_MESSAGE_LIMIT).join('')
  }

  /** The kind of refusal: `signature`, `parameter`, `not-found`, …; `other-product` for `ERR_AGREEMENT_ELSEWHERE`. */
  get category(): string {
    return this.#rejection.category
  }

  /** Whether the refusal was signed. Gate failures (1001, 1004, 3001, 3003) are not. */
  get signature(): 'verified' | 'absent' {
    return this.#rejection.signature
  }

  /** The `pay_type` that the agreement is bound for, for `ERR_AGREEMENT_ELSEWHERE`. */
  get payType(): string | undefined {
    return this.#rejection.payType
  }

  protected override details(): Readonly<Record<string, unknown>> {
    const { returnCode, returnMessage, category, signature, payType } = this
    return { returnCode, returnMessage, category, signature, payType }
  }
}
