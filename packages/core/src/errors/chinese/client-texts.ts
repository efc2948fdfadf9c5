import type { ChineseTexts } from './texts.ts'

/** What the errors of `client` and `bulk`: configuration, calls and jobs say. */
export const CLIENT_TEXTS: ChineseTexts = {}
