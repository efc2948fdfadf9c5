import { LLPayError, type ErrorText, type LLPayErrorOptions } from './ll-pay-error.ts'

/**
 * `ERR_REJECTED`: LianLian refused the request. `ERR_AGREEMENT_ELSEWHERE`: nothing was sent, because the
 * agreement is bound for another product.
 */
export type RejectedErrorCode = 'ERR_REJECTED' | 'ERR_AGREEMENT_ELSEWHERE'

/** What LianLian said when it refused. */
export interface Rejection {
  /** LianLian's `ret_code`, four characters. */
  readonly returnCode?: string
  /** LianLian's `ret_msg`, cut at 200 characters. It may name a parameter. */
  readonly returnMessage?: string
  /**
   * The kind of failure, from the return-code table: `signature`, `parameter`, `not-found`, ...;
   * `other-product` for `ERR_AGREEMENT_ELSEWHERE`.
   */
  readonly category: string
  /** Whether the refusal is signed. Gate failures (1001, 1004, 3001, 3003) are not. */
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
  /** What LianLian refused, as a stable code to switch on. */
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

  /** LianLian's `ret_code`, four characters; missing if nothing was sent. */
  get returnCode(): string | undefined {
    return this.#rejection.returnCode
  }

  /** LianLian's `ret_msg` in its own words, at most 200 characters. It may name a parameter. */
  get returnMessage(): string | undefined {
    const text = this.#rejection.returnMessage
    return text === undefined ? undefined : Array.from(text).slice(0, RETURN_MESSAGE_LIMIT).join('')
  }

  /**
   * The kind of refusal, from the return-code table: `signature`, `parameter`, `not-found`, `limit`, ...;
   * `other-product` for `ERR_AGREEMENT_ELSEWHERE`; `unlisted` for a code that the table does not have.
   */
  get category(): string {
    return this.#rejection.category
  }

  /**
   * `verified`: the refusal is signed by LianLian. `absent`: it is not signed and rests on TLS alone, as
   * gate failures (1001, 1004, 3001, 3003) do.
   */
  get signature(): 'verified' | 'absent' {
    return this.#rejection.signature
  }

  /** The `pay_type` under which the agreement is bound, for `ERR_AGREEMENT_ELSEWHERE`. */
  get payType(): string | undefined {
    return this.#rejection.payType
  }

  protected override details(): Readonly<Record<string, unknown>> {
    const { returnCode, returnMessage, category, signature, payType } = this
    return { returnCode, returnMessage, category, signature, payType }
  }
}
