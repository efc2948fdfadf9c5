import type { ChineseTexts } from './texts.ts'

/** What the errors of `@llpay/edge` say. */
export const EDGE_TEXTS: ChineseTexts = {}
