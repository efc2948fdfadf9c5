import { ERROR_BRAND } from './brand.ts'

/**
 * Whether the request reached LianLian, over all attempts of the call. For a call that changes something,
 * this is about the change itself, not about queries sent besides.
 *
 * - `no`: no byte of it reached a socket.
 * - `yes`: LianLian refused it. A refusal without a signature rests on TLS alone.
 * - `unknown`: it may have been carried out.
 */
export type Delivered = 'no' | 'yes' | 'unknown'

/**
 * The text of an error. A plain string instead is a message without a hint; its reason is the error's
 * code.
 */
export interface ErrorText {
  /**
   * The stable key of this text, such as `key.damaged`. A translation is a table by `reason`, filled with
   * `params`.
   */
  readonly reason: string
  /** What happened and why, in English. */
  readonly message: string
  /** The next step, in English. */
  readonly hint?: string | undefined
  /** What the text is filled with: names, counts and limits, never a value, a key or a card number. */
  readonly params?: TextParams | undefined
  /** The same text in Chinese, if it is written in both languages at once, as a diagnosis is. */
  readonly zh?: { readonly message: string; readonly hint?: string | undefined } | undefined
}

/** What an error's text is filled with: names, counts and limits, by placeholder. */
export type TextParams = Readonly<Record<string, string | number>>

const textOf = (text: ErrorText | string): Partial<ErrorText> & { readonly message: string } =>
  typeof text === 'string' ? { message: text } : text

/** What an llpay error takes besides its code and text. */
export interface LLPayErrorOptions {
  /** The error behind this one. */
  readonly cause?: unknown
  /** Whether the request reached LianLian (default: `no`, for most classes). */
  readonly delivered?: Delivered
}

/**
 * The base class of every error that llpay throws on purpose.
 *
 * Switch on `code`, never on `message`: messages may be reworded in any release.
 */
export abstract class LLPayError extends Error {
  /** The error's class, such as `KeyError`; the same in a minified bundle. */
  abstract override readonly name: string
  /** What happened, as a stable code to switch on, such as `ERR_KEY_INVALID`. */
  abstract readonly code: string
  /**
   * Whether the request reached LianLian, over all attempts. `no`: no byte of it was sent, so it is safe
   * to retry. `yes`: LianLian refused it. `unknown`: it may have been carried out; query before retrying.
   */
  readonly delivered: Delivered
  /** The next step, in English, if there is one. */
  declare readonly hint?: string
  readonly #text: ReturnType<typeof textOf>

  constructor(text: ErrorText | string, options: LLPayErrorOptions = {}) {
    const said = textOf(text)
    super(said.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.delivered = options.delivered ?? 'no'
    if (said.hint !== undefined) this.hint = said.hint
    this.#text = said
  }

  /**
   * A stable key for `message` and `hint`, such as `key.damaged`: finer than `code`, for translations.
   * The code itself if the text has no key.
   */
  get reason(): string {
    return this.#text.reason ?? this.code
  }

  /** What is filled into a translation of `reason`: names, counts and limits, never a value. */
  get params(): TextParams {
    return this.#text.params ?? {}
  }

  /** The text in Chinese, if the error was created in both languages; else look it up by `reason`. */
  get zh(): ErrorText['zh'] {
    return this.#text.zh
  }

  get [ERROR_BRAND](): true {
    return true
  }

  /** What `toJSON` adds: codes, names and counts, never a value of the message. */
  protected details(): Readonly<Record<string, unknown>> {
    return {}
  }

  /** The error as plain data, safe to log: it contains no key, card data or signature. */
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
