import { type LocalizedText, visible } from '../text.ts'

/**
 * One finding of a diagnosis. The texts may name members and characters, but contain no value of the
 * message.
 */
export interface Cause extends LocalizedText {
  /** The kind of finding, stable across releases: `value.url-encoded`, `sign.missing`, ... */
  readonly key: string
}

/** Creates a cause. */
export const cause = (key: string, en: string, zh: string): Cause => ({ key, en, zh })

/** A cause about one member: the texts start with its name. */
export const causeOf = (name: string, { key, en, zh }: Cause): Cause => ({
  key,
  en: `${visible(name)} ${en}`,
  zh: `${visible(name)} ${zh}`,
})

const MOST_NAMES = 8

/** Member names as a list in both languages; of many, the first few and the count. */
export function listNames(names: readonly string[]): { readonly en: string; readonly zh: string } {
  const shown = names.slice(0, MOST_NAMES).map(visible)
  const rest = names.length - shown.length
  return {
    en: shown.join(', ') + (rest > 0 ? ` and ${rest} more` : ''),
    zh: shown.join('、') + (rest > 0 ? ` 等 ${names.length} 个` : ''),
  }
}
