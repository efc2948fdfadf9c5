import type { ChineseTexts } from './texts.ts'

/** What the errors of `api` and `apis`: parameters say. */
export const API_TEXTS: ChineseTexts = {}
