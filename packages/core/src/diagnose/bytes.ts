// The APIs that all runtimes share have no hexadecimal, ISO 8859-1 or UTF-16 encoder.

/** Writes bytes in hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Reads hexadecimal digits, two per byte. */
export function fromHex(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** One byte for each character, which must be below U+0100. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index)
  return bytes
}

/** One character for each byte. */
export function latin1Text(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

/** Encodes text as UTF-16 with the low byte first. */
export function utf16Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(index * 2, text.charCodeAt(index), true)
  }
  return bytes
}

/** Swaps the two bytes of each unit of UTF-16. */
export function swapPairs(bytes: Uint8Array): Uint8Array {
  return bytes.map((_, index) => bytes[index % 2 === 0 ? index + 1 : index - 1] ?? 0)
}

/** Whether two runs of bytes are the same. Nothing secret is compared here. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index])
}

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

/** Encodes text as GBK; `undefined` if GBK lacks a character, or the runtime lacks GBK. */
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

/** Decodes GBK; `undefined` if the bytes are not GBK, or the runtime lacks it. */
export function decodeGbk(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('gbk', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
