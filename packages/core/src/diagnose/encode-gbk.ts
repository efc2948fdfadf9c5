import { latin1Bytes } from './bytes.ts'

const FIRST = 0x81
const LAST = 0xfe
const FIRST_TRAIL = 0x40

/** The two bytes of every character of GBK, by the character. */
function buildTable(): Map<string, readonly [number, number]> {
  const decoder = new TextDecoder('gbk')
  const table = new Map<string, readonly [number, number]>()
  for (let lead = FIRST; lead <= LAST; lead += 1) {
    for (let trail = FIRST_TRAIL; trail <= LAST; trail += 1) {
      const text = decoder.decode(Uint8Array.of(lead, trail))
      if (text.length === 1 && text !== '\uFFFD' && !table.has(text)) table.set(text, [lead, trail])
    }
  }
  return table
}

let table: Map<string, readonly [number, number]> | undefined

/** Encodes text as GBK; `undefined` where GBK cannot hold it, or the runtime does not have it. */
export function encodeGbk(text: string): Uint8Array | undefined {
  if (/^[\0-\x7f]*$/.test(text)) return latin1Bytes(text)
  try {
    table ??= buildTable()
  } catch {
    return undefined
  }
  const bytes: number[] = []
  for (const character of text) {
    const pair = table.get(character)
    const code = character.codePointAt(0) ?? 0
    if (pair !== undefined) bytes.push(...pair)
    else if (code < 0x80) bytes.push(code)
    else return undefined
  }
  return Uint8Array.from(bytes)
}

/** Decodes GBK; `undefined` where the bytes are not GBK, or the runtime does not have it. */
export function decodeGbk(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('gbk', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
