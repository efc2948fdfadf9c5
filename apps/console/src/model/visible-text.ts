/** A stretch of text that is shown as it is, or a character that nobody would see. */
export type TextPiece =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'mark'
      /** `U+200B`; with `×5` behind it where the same one repeats. */
      readonly label: string
      readonly name: string
    }

/** Characters without ink, or with power over their neighbours; U+0020 counts at the ends alone. */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{DI}\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]/u

const NAMES: Readonly<Record<string, string>> = {
  '0009': 'tab',
  '000A': 'line feed',
  '000D': 'carriage return',
  '0020': 'space',
  '00A0': 'no-break space',
  '00AD': 'soft hyphen',
  '200B': 'zero width space',
  '200C': 'zero width non-joiner',
  '200D': 'zero width joiner',
  '200E': 'left-to-right mark',
  '200F': 'right-to-left mark',
  '202A': 'left-to-right embedding',
  '202B': 'right-to-left embedding',
  '202C': 'pop directional formatting',
  '202D': 'left-to-right override',
  '202E': 'right-to-left override',
  '2066': 'left-to-right isolate',
  '2067': 'right-to-left isolate',
  '2068': 'first strong isolate',
  '2069': 'pop directional isolate',
  '3000': 'ideographic space',
  FEFF: 'byte order mark',
}

const hexOf = (character: string) =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')

function markOf(character: string, count: number): TextPiece {
  const hex = hexOf(character)
  const times = count === 1 ? '' : ` ×${count}`
  return { kind: 'mark', label: `U+${hex}${times}`, name: NAMES[hex] ?? 'invisible character' }
}

/** How many spaces stand at the front and at the end of a text. */
function outerSpaces(characters: readonly string[]): readonly [front: number, end: number] {
  const front = characters.findIndex((each) => each !== ' ')
  if (front === -1) return [characters.length, characters.length]
  return [front, characters.length - 1 - characters.findLastIndex((each) => each !== ' ')]
}

/** Splits a text so that every character of it can be seen: also blanks at its ends. */
export function splitVisible(text: string): TextPiece[] {
  const characters = Array.from(text)
  const [front, end] = outerSpaces(characters)
  const pieces: TextPiece[] = []
  let plain = ''
  let hidden = ''
  let count = 0
  const endHidden = () => {
    if (count > 0) pieces.push(markOf(hidden, count))
    count = 0
  }
  const endPlain = () => {
    if (plain !== '') pieces.push({ kind: 'text', text: plain })
    plain = ''
  }
  for (const [index, character] of characters.entries()) {
    const isOuter = index < front || index >= characters.length - end
    if (isOuter || HIDDEN.test(character)) {
      endPlain()
      if (count > 0 && hidden !== character) endHidden()
      hidden = character
      count += 1
    } else {
      endHidden()
      plain += character
    }
  }
  endHidden()
  endPlain()
  return pieces
}
