import type { ChineseTexts } from './texts.ts'

/** What the errors of `keys`, `signing`, `json` and `transport` say. */
export const KEY_TEXTS: ChineseTexts = {}
