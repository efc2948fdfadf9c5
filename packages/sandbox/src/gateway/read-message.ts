import { isLLPayError } from '@llpay/core'
import { readJsonObject, type JsonValue } from '@llpay/core/adapter'
import { canonicalString } from '@llpay/core/signing'

/** A request's JSON object as the gateway sees it. */
export interface ReceivedRequest {
  /** The members as text, in the order they arrived: numbers by their source, null left out. */
  readonly texts: Readonly<Record<string, string>>
  /** The members that are objects or arrays; their text is compact JSON. */
  readonly nested: readonly string[]
  /** The text that a good signature covers. */
  readonly canonical: string
}

/** Compact JSON that keeps numbers as they were written. */
function compact(value: JsonValue): string {
  if (value.kind === 'number') return value.source
  if (value.kind === 'array') return `[${value.items.map(compact).join(',')}]`
  if (value.kind !== 'object') return JSON.stringify(value.kind === 'null' ? null : value.value)
  const members = Array.from(
    value.members,
    ([name, member]) => `${JSON.stringify(name)}:${compact(member)}`,
  )
  return `{${members.join(',')}}`
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ERR_REPLY_NOT_JSON: 'not valid JSON',
  ERR_REPLY_DUPLICATE_MEMBER: 'a member twice',
  ERR_REPLY_INVALID: 'not a JSON object of well-formed text',
}

/**
 * Reads the text of a request; where it is not a message, says why.
 *
 * @param text `undefined` where the body is not UTF-8.
 */
export function readMessage(text: string | undefined): ReceivedRequest | string {
  if (text === undefined) return 'not UTF-8'
  try {
    const texts: Record<string, string> = Object.create(null)
    const nested: string[] = []
    for (const [name, value] of readJsonObject(text).members) {
      if (value.kind === 'null') continue
      texts[name] = value.kind === 'string' ? value.value : compact(value)
      if (value.kind === 'object' || value.kind === 'array') nested.push(name)
    }
    return { texts, nested, canonical: canonicalString(texts) }
  } catch (error) {
    if (!isLLPayError(error)) throw error
    return PROBLEMS[error.code] ?? 'not a message'
  }
}
