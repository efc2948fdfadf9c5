import { isWellFormed } from '../encoding.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { JsonArray, JsonObject, JsonValue } from './json-value.ts'

/** Deeper nesting is refused: no message of LianLian's goes deeper than three. */
const MAX_DEPTH = 16

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const HEX4 = /[0-9A-Fa-f]{4}/y
const ESCAPES: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])
const LITERALS: readonly (readonly [string, JsonValue])[] = [
  ['true', { kind: 'boolean', value: true }],
  ['false', { kind: 'boolean', value: false }],
  ['null', { kind: 'null' }],
]

const QUOTE = 0x22
const BACKSLASH = 0x5c
const SPACE = 0x20

const isWhiteSpace = (unit: number) =>
  unit === SPACE || unit === 0x0a || unit === 0x0d || unit === 0x09

const notJson = (why: string) =>
  new ProtocolError('ERR_REPLY_NOT_JSON', {
    reason: 'reply.not-json',
    message: `The reply is not valid JSON: ${why}.`,
    hint: 'Something other than the gateway may have replied, or the reply was cut off: check the URL and any proxy.',
    params: { why },
  })

/** Reads one text from start to end, in time linear in its length. */
class JsonReader {
  readonly #text: string
  #at: number
  #depth = 0

  constructor(text: string) {
    this.#text = text
    this.#at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  }

  readRoot(): JsonValue {
    this.#skipWhiteSpace()
    const value = this.#readValue()
    this.#skipWhiteSpace()
    if (this.#at < this.#text.length) throw notJson('text follows its end')
    return value
  }

  #readValue(): JsonValue {
    switch (this.#text[this.#at]) {
      case '{':
        return this.#nested(() => this.#readObject())
      case '[':
        return this.#nested(() => this.#readArray())
      case '"':
        return { kind: 'string', value: this.#readString() }
      default:
        return this.#readNumberOrLiteral()
    }
  }

  #nested<T>(read: () => T): T {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) {
      throw new ProtocolError('ERR_REPLY_INVALID', {
        reason: 'reply.too-deep',
        message: `The reply nests deeper than ${MAX_DEPTH} levels.`,
        params: { max: MAX_DEPTH },
      })
    }
    const value = read()
    this.#depth -= 1
    return value
  }

  #readObject(): JsonObject {
    const members = new Map<string, JsonValue>()
    this.#at += 1
    this.#skipWhiteSpace()
    if (this.#take('}')) return { kind: 'object', members }
    do {
      this.#skipWhiteSpace()
      if (this.#text[this.#at] !== '"') throw notJson('a member name is not quoted')
      const name = this.#readString()
      if (members.has(name)) {
        throw new ProtocolError('ERR_REPLY_DUPLICATE_MEMBER', {
          reason: 'reply.duplicate-member',
          message: 'The reply has a member twice, so two readers could see two different replies.',
        })
      }
      this.#skipWhiteSpace()
      if (!this.#take(':')) throw notJson('a member has no colon')
      this.#skipWhiteSpace()
      members.set(name, this.#readValue())
      this.#skipWhiteSpace()
    } while (this.#take(','))
    if (!this.#take('}')) throw notJson('an object is not closed')
    return { kind: 'object', members }
  }

  #readArray(): JsonArray {
    const items: JsonValue[] = []
    this.#at += 1
    this.#skipWhiteSpace()
    if (this.#take(']')) return { kind: 'array', items }
    do {
      this.#skipWhiteSpace()
      items.push(this.#readValue())
      this.#skipWhiteSpace()
    } while (this.#take(','))
    if (!this.#take(']')) throw notJson('an array is not closed')
    return { kind: 'array', items }
  }

  #readString(): string {
    const text = this.#text
    let read = ''
    let escaped = false
    let at = this.#at + 1
    let from = at
    for (;;) {
      const unit = text.charCodeAt(at)
      if (unit === QUOTE) break
      if (unit === BACKSLASH) {
        read += text.slice(from, at)
        this.#at = at + 1
        read += this.#readEscape()
        at = this.#at
        from = at
        escaped = true
      } else if (unit >= SPACE) {
        at += 1
      } else {
        throw notJson(
          Number.isNaN(unit) ? 'a string is not closed' : 'a string contains a control character',
        )
      }
    }
    read += text.slice(from, at)
    this.#at = at + 1
    if (escaped && !isWellFormed(read)) throw loneSurrogate()
    return read
  }

  #readEscape(): string {
    const letter = this.#text[this.#at]
    this.#at += 1
    if (letter === 'u') {
      const digits = this.#match(HEX4)
      if (digits === '') throw notJson('an escape does not have four hexadecimal digits')
      return String.fromCharCode(Number.parseInt(digits, 16))
    }
    const character = letter === undefined ? undefined : ESCAPES.get(letter)
    if (character === undefined) throw notJson('an escape is unknown')
    return character
  }

  #readNumberOrLiteral(): JsonValue {
    const source = this.#match(NUMBER)
    if (source !== '') return { kind: 'number', source }
    for (const [word, value] of LITERALS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length
        return value
      }
    }
    throw notJson(this.#at >= this.#text.length ? 'it ends too early' : 'a value is malformed')
  }

  #skipWhiteSpace(): void {
    while (isWhiteSpace(this.#text.charCodeAt(this.#at))) this.#at += 1
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at += 1
    return true
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }
}

const loneSurrogate = () =>
  new ProtocolError('ERR_REPLY_INVALID', {
    reason: 'reply.lone-surrogate',
    message: 'The reply contains half a character (a lone surrogate).',
  })

/**
 * Reads JSON text from outside, and refuses what two readers could understand differently: duplicate
 * members, lone surrogates, deep nesting, text after the end. Numbers keep their source text. A leading
 * byte order mark is accepted.
 *
 * @throws {ProtocolError} `ERR_REPLY_NOT_JSON`, `ERR_REPLY_DUPLICATE_MEMBER`, `ERR_REPLY_INVALID`.
 */
export function readJson(text: string): JsonValue {
  if (!isWellFormed(text)) throw loneSurrogate()
  return new JsonReader(text).readRoot()
}

/**
 * Reads a JSON object, like {@link readJson}.
 *
 * @throws {ProtocolError} `ERR_REPLY_NOT_JSON`, `ERR_REPLY_DUPLICATE_MEMBER`, `ERR_REPLY_INVALID`.
 */
export function readJsonObject(text: string): JsonObject {
  const root = readJson(text)
  if (root.kind !== 'object') {
    throw new ProtocolError('ERR_REPLY_INVALID', {
      reason: 'reply.not-an-object',
      message: 'The reply is JSON, but not an object.',
    })
  }
  return root
}
