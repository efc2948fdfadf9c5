import { type LocalizedText, visible } from '../text.ts'

/**
 * One thing that a diagnosis found. The texts may name members and characters; they hold no value of
 * the message.
 */
export interface Cause extends LocalizedText {
  /** What kind of thing it is, stable over releases: `value.url-encoded`, `sign.missing`, ... */
  readonly key: string
}

/** Puts a cause together. */
export const cause = (key: string, en: string, zh: string): Cause => ({ key, en, zh })

/** A cause about one member: its name stands before the texts. */
export const causeOf = (name: string, { key, en, zh }: Cause): Cause => ({
  key,
  en: `${visible(name)} ${en}`,
  zh: `${visible(name)} ${zh}`,
})

const MOST_NAMES = 8

/** Member names in a row, in either language; of many, the first few and how many there are. */
export function listNames(names: readonly string[]): { readonly en: string; readonly zh: string } {
  const shown = names.slice(0, MOST_NAMES).map(visible)
  const rest = names.length - shown.length
  return {
    en: shown.join(', ') + (rest > 0 ? ` and ${rest} more` : ''),
    zh: shown.join('、') + (rest > 0 ? ` 等 ${names.length} 个` : ''),
  }
}
