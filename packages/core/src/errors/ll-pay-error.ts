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

/** What every llpay error can be given beside its code and message. */
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
  abstract readonly code: string
  readonly delivered: Delivered

  constructor(message: string, options: LLPayErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.delivered = options.delivered ?? 'no'
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
    const { name, code, message, delivered } = this
    return { name, code, message, delivered, ...this.details() }
  }
}
