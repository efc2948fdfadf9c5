import type { JsonObject, JsonValue } from '../json/json-value.ts'
import type { Cause } from './cause.ts'

/** A member of a message, as it could have been signed. */
export interface ReceivedMember {
  readonly name: string
  /** The text of a string, number or boolean; `null` for null; the compact JSON of anything else. */
  readonly text: string | null
  /** Its JSON type. */
  readonly kind: JsonValue['kind']
}

/** The charset of a message's bytes. */
export type Charset = 'UTF-8' | 'GBK' | 'UTF-16'

/** A message as it was received. */
export interface ReceivedMessage {
  /** The members in the order of the message, `sign` among them. */
  readonly members: readonly ReceivedMember[]
  /** The JSON text of the message, without its wrappers. */
  readonly text: string
  /** The charset of its bytes; a message given as text counts as UTF-8. */
  readonly charset: Charset
  /** How many bytes were given. */
  readonly bytes: number
  /** What the message was wrapped in, the outermost first: gzip, base64, JSON text in JSON, ... */
  readonly wrappers: readonly Cause[]
  /** Whether it looks like LianLian's reply: it has a `ret_code`. */
  readonly isReply: boolean
}

/** Writes a value as compact JSON in which numbers keep their source text. */
export function writeCompact(value: JsonValue): string {
  switch (value.kind) {
    case 'string':
      return JSON.stringify(value.value)
    case 'number':
      return value.source
    case 'boolean':
      return String(value.value)
    case 'null':
      return 'null'
    case 'array':
      return `[${value.items.map(writeCompact).join(',')}]`
    case 'object':
      return `{${Array.from(value.members, ([name, each]) => `${JSON.stringify(name)}:${writeCompact(each)}`).join(',')}}`
  }
}

function textOf(value: JsonValue): string | null {
  if (value.kind === 'null') return null
  return value.kind === 'string' ? value.value : writeCompact(value)
}

/** The members of an object, each with the text that would be signed. */
export function membersOf({ members }: JsonObject): ReceivedMember[] {
  return Array.from(members, ([name, value]) => {
    return { name, text: textOf(value), kind: value.kind }
  })
}
