import { useState } from 'preact/hooks'

import { splitVisible } from '../model/visible-text.ts'
import { words } from '../words/words.ts'

/** More than this of one value is shown on request only, so that a page stays quick. */
const CLIP = 2000

/**
 * Text that came over the wire: every character visible, isolated from the text around it, never
 * markup.
 */
export function WireText({ text, clip = CLIP }: { text: string; clip?: number }) {
  const [isWhole, setWhole] = useState(false)
  const isCut = !isWhole && text.length > clip
  const shown = isCut ? text.slice(0, clip) : text
  return (
    <bdi class="wire" dir="ltr">
      {splitVisible(shown).map((piece) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          <span class="mark" title={piece.name}>
            {piece.label}
          </span>
        ),
      )}
      {isCut && (
        <button type="button" class="link" onClick={() => setWhole(true)}>
          {words.value.more(text.length - clip)}
        </button>
      )}
    </bdi>
  )
}

/** The beginning of a text, for a row that is one line high. */
export function WireLine({ text, length = 40 }: { text: string; length?: number }) {
  const shown = text.length > length ? `${text.slice(0, length)}…` : text
  return (
    <bdi class="wire wire-line" dir="ltr">
      {splitVisible(shown).map((piece) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          <span class="mark" title={piece.name}>
            {piece.label}
          </span>
        ),
      )}
    </bdi>
  )
}
