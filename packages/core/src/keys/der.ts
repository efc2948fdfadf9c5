import { KeyError } from '../errors/key-error.ts'

/** The DER tags that occur in RSA keys. */
export const TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  sequence: 0x30,
} as const

/** One element: its tag and its content. */
export interface DerElement {
  readonly tag: number
  readonly content: Uint8Array
}

/** The error for a key whose encoding is broken. */
export const damaged = (): KeyError =>
  new KeyError('ERR_KEY_INVALID', {
    reason: 'key.damaged',
    message: 'The key is damaged: its DER encoding is invalid or incomplete.',
    hint: 'Copy it whole, or export it again from where it was created.',
  })

function readLength(bytes: Uint8Array, at: number): { length: number; next: number } {
  const first = bytes[at]
  if (first === undefined) throw damaged()
  if (first < 0x80) return { length: first, next: at + 1 }
  const count = first & 0x7f
  if (count === 0 || count > 3) throw damaged()
  let length = 0
  for (let index = 1; index <= count; index += 1) length = length * 256 + (bytes[at + index] ?? 0)
  if (length < 0x80 || length < 256 ** (count - 1)) throw damaged()
  return { length, next: at + 1 + count }
}

/**
 * Reads consecutive elements that fill the bytes exactly: definite, minimal lengths only.
 *
 * @throws {KeyError} `ERR_KEY_INVALID`.
 */
export function readElements(bytes: Uint8Array): DerElement[] {
  const elements: DerElement[] = []
  let at = 0
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0
    const { length, next } = readLength(bytes, at + 1)
    if (next + length > bytes.length) throw damaged()
    elements.push({ tag, content: bytes.subarray(next, next + length) })
    at = next + length
  }
  return elements
}

/** Reads bytes that are exactly one SEQUENCE, and returns its elements. */
export function readSequence(bytes: Uint8Array): DerElement[] {
  const [root, ...rest] = readElements(bytes)
  if (root === undefined || root.tag !== TAG.sequence || rest.length > 0) {
    throw damaged()
  }
  return readElements(root.content)
}

/** Reads a non-negative INTEGER: its big-endian bytes without a leading zero. */
export function readUnsigned(element: DerElement | undefined): Uint8Array {
  if (element === undefined || element.tag !== TAG.integer) throw damaged()
  const { content } = element
  const [first, second] = content
  if (first === undefined || first >= 0x80) throw damaged()
  if (first !== 0 || content.length === 1) return content
  if (second !== undefined && second < 0x80) throw damaged()
  return content.subarray(1)
}

/** Writes one element. */
export function writeElement(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const header = [tag, ...writeLength(length)]
  const bytes = new Uint8Array(header.length + length)
  bytes.set(header)
  let at = header.length
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function writeLength(length: number): number[] {
  if (length < 0x80) return [length]
  const digits: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256)
  return [0x80 | digits.length, ...digits]
}

/** Writes a non-negative INTEGER from big-endian bytes. */
export function writeUnsigned(bytes: Uint8Array): Uint8Array {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1
  const minimal = bytes.subarray(start)
  const pad = (minimal[0] ?? 0x80) >= 0x80 ? [0] : []
  return writeElement(TAG.integer, Uint8Array.from(pad), minimal)
}

/** 1.2.840.113549.1.1.1, rsaEncryption. */
const RSA_ENCRYPTION = /* @__PURE__ */ Uint8Array.of(
  0x2a,
  0x86,
  0x48,
  0x86,
  0xf7,
  0x0d,
  0x01,
  0x01,
  0x01,
)

/** Writes the AlgorithmIdentifier of an RSA key. */
export function writeRsaIdentifier(): Uint8Array {
  return writeElement(
    TAG.sequence,
    writeElement(TAG.objectIdentifier, RSA_ENCRYPTION),
    writeElement(TAG.null),
  )
}

/** Checks that an AlgorithmIdentifier names plain RSA. */
export function requireRsa(element: DerElement): void {
  const [identifier, parameters] = readElements(element.content)
  const isRsa =
    identifier?.tag === TAG.objectIdentifier &&
    identifier.content.length === RSA_ENCRYPTION.length &&
    RSA_ENCRYPTION.every((byte, index) => identifier.content[index] === byte)
  if (!isRsa || (parameters !== undefined && parameters.tag !== TAG.null)) {
    throw new KeyError('ERR_KEY_UNSUPPORTED', {
      reason: 'key.not-rsa',
      message: 'The key is not a plain RSA key; it may be an EC or RSA-PSS key.',
      hint: 'LianLian signs with RSA: generate a 2048-bit RSA key pair.',
    })
  }
}
