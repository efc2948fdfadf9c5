/** One text in English and Chinese. */
export interface LocalizedText {
  /** English. */
  readonly en: string
  /** Simplified Chinese. */
  readonly zh: string
}

// Besides Unicode's control, format and separator characters: fillers and selectors without a shape.
const SHAPELESS = String.raw`\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}`
const ASCII = /^[\x20-\x7e]*$/
const ODD_BLANKS = /^ +| +$| {2,}/g

const invisible = () =>
  new RegExp(String.raw`(?! )[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}${SHAPELESS}]`, 'gu')

/** The invisible characters of a text, each once: everything without a shape, except the plain space. */
export function invisibleCharacters(text: string): string[] {
  return ASCII.test(text) ? [] : [...new Set(text.match(invisible()) ?? [])]
}

/**
 * Makes every character of a text visible: one without a shape becomes `\u{...}`, and a space at either
 * end, or next to another space, becomes `␠`.
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

/** Unicode's names of invisible characters that get pasted, and their Chinese names. */
const CHARACTER_NAMES: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  '0009': ['tab', '制表符'],
  '000A': ['line feed', '换行'],
  '000D': ['carriage return', '回车'],
  '00A0': ['no-break space', '不换行空格'],
  '00AD': ['soft hyphen', '软连字符'],
  '200B': ['zero width space', '零宽空格'],
  '200C': ['zero width non-joiner', '零宽不连字'],
  '200D': ['zero width joiner', '零宽连字'],
  '200E': ['left-to-right mark', '从左至右标记'],
  '200F': ['right-to-left mark', '从右至左标记'],
  '202F': ['narrow no-break space', '窄不换行空格'],
  '2028': ['line separator', '行分隔符'],
  '2029': ['paragraph separator', '段分隔符'],
  '2060': ['word joiner', '词连接符'],
  '3000': ['ideographic space', '全角空格'],
  FE0F: ['variation selector', '变体选择符'],
  FEFF: ['byte order mark', '字节序标记 BOM'],
  FFFD: ['replacement character', '替换字符'],
}

/** A character's code point, with its name if that is known. */
export function nameCharacter(character: string): LocalizedText {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  const [en, zh] = CHARACTER_NAMES[code] ?? []
  return {
    en: en === undefined ? `U+${code}` : `U+${code} (${en})`,
    zh: zh === undefined ? `U+${code}` : `U+${code}（${zh}）`,
  }
}

/** The number of typing mistakes between two words: a letter added, missing, wrong, or two swapped. */
function countMistakes(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, index) => index)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity
  for (let row = 1; row <= left.length; row += 1) {
    rows.push([row])
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1]
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      const mistakes = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Infinity,
      )
      rows[row]?.push(mistakes)
    }
  }
  return at(left.length, right.length)
}

const MAX_LENGTH = 60

/** Finds the known word that was probably meant: few mistakes away, relative to its length. */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > MAX_LENGTH) return undefined
  const ranked = known
    .map((candidate) => ({ candidate, mistakes: countMistakes(word, candidate) }))
    .toSorted((left, right) => left.mistakes - right.mistakes)
  const [best] = ranked
  if (best === undefined || best.mistakes > Math.max(1, Math.floor(best.candidate.length / 3))) {
    return undefined
  }
  return best.candidate
}
