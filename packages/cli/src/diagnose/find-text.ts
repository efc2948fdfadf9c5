import { createHash } from 'node:crypto'

import type { Piece } from './read-message.ts'
import type { SignedBlock } from './recover-block.ts'
import { charsets, JOINS, ORDERS, REWRITES, selections } from './variations.ts'

/** Tells whether bytes are what was signed. */
function sealOf(block: SignedBlock): (bytes: Uint8Array) => boolean {
  if (block.kind === 'digest') {
    const { hash, digest } = block
    return (bytes) => createHash(hash).update(bytes).digest().equals(digest)
  }
  // Without the digest's own header: its bytes, or their hexadecimal text.
  const { content } = block
  return (bytes) => {
    const digest = createHash('md5').update(bytes).digest()
    return [digest, Buffer.from(digest.toString('hex')), Buffer.from(bytes)].some((each) =>
      each.equals(content),
    )
  }
}

/** Every choice of one variation per list in which at most two are not the right one; fewest first. */
function* choices(lengths: readonly number[]): Generator<readonly number[]> {
  const none = lengths.map(() => 0)
  yield none
  const single = lengths.flatMap((length, list) =>
    Array.from({ length: length - 1 }, (_, index) => ({ list, index: index + 1 })),
  )
  for (const { list, index } of single) yield none.with(list, index)
  for (const first of single) {
    for (const second of single) {
      if (second.list <= first.list) continue
      yield none.with(first.list, first.index).with(second.list, second.index)
    }
  }
}

/**
 * Looks for the text that was signed: the right one, or one that comes of the usual mistakes, of up to
 * two at once.
 *
 * @returns what each mistake is; none for the right text; `undefined` where no text fits.
 */
export function findText(
  block: SignedBlock,
  pieces: readonly Piece[],
  unsigned: readonly string[],
): string[] | undefined {
  const isSigned = sealOf(block)
  const picks = selections(pieces, unsigned)
  const encodings = charsets()
  const lists = [picks, REWRITES, ORDERS, JOINS, encodings]
  for (const choice of choices(lists.map(({ length }) => length))) {
    const [pick = 0, rewrite = 0, order = 0, join = 0, charset = 0] = choice
    const change = REWRITES[rewrite]?.step
    const compare = ORDERS[order]?.step
    const members = (picks[pick]?.step ?? []).map(({ name, text }) => ({
      name: change === undefined ? name : change(name).replace(/^"(.*)"$/, '$1'),
      text: change === undefined ? text : change(text),
    }))
    const text = JOINS[join]?.step(compare === undefined ? members : members.toSorted(compare))
    const bytes = text === undefined ? undefined : encodings[charset]?.step(text)
    if (bytes === undefined || !isSigned(bytes)) continue
    return lists.flatMap((list, index) => list[choice[index] ?? 0]?.says ?? []).filter(Boolean)
  }
  return undefined
}
