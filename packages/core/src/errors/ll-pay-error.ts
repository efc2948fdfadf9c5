import { ERROR_BRAND } from './brand.ts'

/**
 * Whether the request reached LianLian, over all attempts of the call: for a call that changes
 * something, the request for that change, whatever queries were sent beside it.
 *
 * - `no`: not a byte of it reached a socket.
 * - `yes`: LianLian refused it. A refusal without a signature rests on TLS alone.
 * - `unknown`: it may have been carried out.
 */
export type Delivered = 'no' | 'yes' | 'unknown'

/**
 * What an error says. A plain string in its place is a message without a hint, whose reason is the
 * error's code.
 */
export interface ErrorText {
  /**
   * The stable key of this text, such as `key.damaged`: another language is a table by `reason`, filled
   * with `params`.
   */
  readonly reason: string
  /** What happened and why, in English. */
  readonly message: string
  /** The next step, in English. */
  readonly hint?: string | undefined
  /** What is filled into the text: names, counts and limits, never a value, a key or a card number. */
  readonly params?: TextParams | undefined
  /** The same text in Chinese, where it is made in both languages at once, as a diagnosis is. */
  readonly zh?: { readonly message: string; readonly hint?: string | undefined } | undefined
}

/** What is filled into an error's text: names, counts and limits by the name of their place. */
export type TextParams = Readonly<Record<string, string | number>>

const textOf = (text: ErrorText | string): Partial<ErrorText> & { readonly message: string } =>
  typeof text === 'string' ? { message: text } : text

/** What every llpay error can be given beside its code and text. */
export interface LLPayErrorOptions {
  readonly cause?: unknown
  readonly delivered?: Delivered
}

/**
 * The base of every error that llpay throws on purpose.
 *
 * Switch on `code`, never on `message`: messages may be reworded in any release.
 */
export abstract class LLPayError extends Error {
  abstract override readonly name: string
  /** What went wrong, for a program: stable over releases. `switch` on it; see the table of errors. */
  abstract readonly code: string
  /**
   * Whether the request for the change (or, for a query, the query) reached LianLian, over all attempts:
   * `no`, `yes` or `unknown`. See `Delivered`.
   */
  readonly delivered: Delivered
  /** The next step, in English, where there is one to name. */
  declare readonly hint?: string
  readonly #text: ReturnType<typeof textOf>

  constructor(text: ErrorText | string, options: LLPayErrorOptions = {}) {
    const said = textOf(text)
    super(said.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.delivered = options.delivered ?? 'no'
    if (said.hint !== undefined) this.hint = said.hint
    this.#text = said
  }

  /** The stable key of `message` and `hint`, finer than `code`, for a table of another language. */
  get reason(): string {
    return this.#text.reason ?? this.code
  }

  /** What a translation of `reason` is filled with: names, counts and limits, never a value. */
  get params(): TextParams {
    return this.#text.params ?? {}
  }

  /** The text in Chinese, where it was made in both languages at once. */
  get zh(): ErrorText['zh'] {
    return this.#text.zh
  }

  get [ERROR_BRAND](): true {
    return true
  }

  /** What else `toJSON` tells: codes, names and counts, never a value of the message. */
  protected details(): Readonly<Record<string, unknown>> {
    return {}
  }

  /** The error as plain data, fit for a log: it holds no key, no card data and no signature. */
  toJSON(): Record<string, unknown> {
    const { name, code, message, hint, reason, delivered } = this
    return {
      name,
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      reason,
      delivered,
      ...this.details(),
    }
  }
}
