import type { ChineseTexts } from './texts.ts'

/** What the errors of `notifications` say. */
export const NOTIFICATION_TEXTS: ChineseTexts = {}
