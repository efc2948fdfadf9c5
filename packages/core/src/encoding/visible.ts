// Beside what Unicode calls control, format and separator: fillers and selectors without a shape.
const SHAPELESS = String.raw`\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}`
const ASCII = /^[\x20-\x7e]*$/
const ODD_BLANKS = /^ +| +$| {2,}/g

const invisible = () =>
  new RegExp(String.raw`(?! )[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}${SHAPELESS}]`, 'gu')

/** The invisible characters of a text, each once: everything without a shape but the ordinary blank. */
export function invisibleCharacters(text: string): string[] {
  return ASCII.test(text) ? [] : [...new Set(text.match(invisible()) ?? [])]
}

/**
 * Makes every character of a text visible: what has no shape becomes `\u{...}`, and a blank at an end,
 * or beside another blank, becomes `␠`.
 *
 * @example
 * import { visible } from '@llpay/core/diagnose'
 * console.log(visible(' 123\u200b')) // ␠123\u{200b}
 */
export function visible(text: string): string {
  const shown = ASCII.test(text)
    ? text
    : text.replaceAll(
        invisible(),
        (character) => String.raw`\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
      )
  return shown.replaceAll(ODD_BLANKS, (blanks) => '␠'.repeat(blanks.length))
}
