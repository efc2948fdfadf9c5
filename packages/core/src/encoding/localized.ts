/** One text in the languages that llpay speaks. */
export interface LocalizedText {
  /** English. */
  readonly en: string
  /** Simplified Chinese. */
  readonly zh: string
}
