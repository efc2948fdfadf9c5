import { escapeText } from './escape.ts'

/** Makes text visible to the last character: also blanks at its ends, and those that are no blank. */
export function visible(text: string): string {
  return escapeText(text)
    .replaceAll(/[\u00a0\u3000\u2000-\u200a]/gu, (blank) => {
      return `\\u{${(blank.codePointAt(0) ?? 0).toString(16)}}`
    })
    .replaceAll(/^ +| +$/g, (blanks) => '␠'.repeat(blanks.length))
}
