/** Control, format (bidi, zero-width), line and paragraph separators: what a terminal would obey. */
const INVISIBLE = '[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]'
const PLAIN = /^[\x20-\x7e]*$/

/** Replaces invisible characters; plain text, which is most of it, skips the costly pattern. */
function replaceInvisible(text: string, replace: (character: string) => string): string {
  return PLAIN.test(text) ? text : text.replaceAll(new RegExp(INVISIBLE, 'gu'), replace)
}

/** Makes text from the wire safe to show: invisible characters become `\u{...}`. */
export function escapeText(text: string): string {
  return replaceInvisible(
    text,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )
}

const asUtf16Escapes = (text: string) =>
  Array.from(
    { length: text.length },
    (_, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')

/** Writes a value as one line of JSON in which invisible characters are escaped. */
export function toJsonLine(value: unknown): string {
  return `${replaceInvisible(JSON.stringify(value), asUtf16Escapes)}\n`
}
