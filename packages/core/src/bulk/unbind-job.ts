/** A card to unbind, as a line of a file or a job of a queue says it. It holds no key. */
export interface UnbindJob {
  /** The customer's id in the merchant's system. */
  readonly user_id: string
  /** The agreement number that stands for the bound card. */
  readonly no_agree: string
  /** The product the card was bound for; LianLian assumes `2` where it is left out. */
  readonly pay_type?: string
  /** Only for merchants that share customers with other merchants. */
  readonly platform?: string
  /**
   * Tells one unbinding of an agreement from a later one, after the card was bound again: a number or
   * a date of the caller's. Jobs that differ in nothing else are different jobs.
   */
  readonly generation?: string
  /** The caller's own reference. It comes back with the outcome, and is never sent to LianLian. */
  readonly ref?: string
}
