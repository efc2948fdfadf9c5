import { encodeUtf8 } from '../encoding.ts'
import { ConfigError } from '../errors/config-error.ts'
import type { JsonObject, JsonValue } from '../json/json-value.ts'
import { readJson } from '../json/read-json.ts'
import type { Cause } from './cause.ts'
import { decodeMessage, unreadable } from './decode-message.ts'
import type { Decompress } from './ports.ts'
import { type Charset, writeCompact } from './received.ts'
import {
  BYTE_WRAPPERS,
  compressed,
  inMember,
  readMessageValue,
  TEXT_WRAPPERS,
  tryTo,
  whatElse,
  WRAPPERS,
} from './wrappers.ts'

/** A message without its wrappers. */
export interface Unwrapped {
  readonly object: JsonObject
  readonly text: string
  readonly charset: Charset
  readonly wrappers: readonly Cause[]
}

/** The state of the unwrapping. */
interface Context {
  readonly charset: Charset
  readonly wrappers: readonly Cause[]
  readonly decompress: Decompress
}

const MOST_WRAPPERS = 5

function under(context: Context, wrapper: Cause): Context {
  const wrappers = [...context.wrappers, wrapper]
  if (wrappers.length <= MOST_WRAPPERS) return { ...context, wrappers }
  throw unreadable({
    en: `It is wrapped more than ${MOST_WRAPPERS} times.`,
    zh: `它被包裹了 ${MOST_WRAPPERS} 层以上。`,
  })
}

async function openBytes(bytes: Uint8Array, context: Context): Promise<Unwrapped> {
  const decoded = await decodeMessage(bytes, context.decompress)
  return 'compression' in decoded
    ? openBytes(decoded.bytes, under(context, compressed(decoded.compression)))
    : openText(decoded.text, { ...context, charset: decoded.charset })
}

async function openText(whole: string, context: Context): Promise<Unwrapped> {
  const text = whole.replace(/^\uFEFF/, '').trim()
  const value = readMessageValue(text)
  if (value?.kind === 'string') return openText(value.value, under(context, WRAPPERS.json))
  if (value?.kind === 'array') return openList(value.items, context)
  if (value?.kind === 'object') return openObject(value, text, context)
  for (const [wrapper, pattern, unwrapText] of TEXT_WRAPPERS) {
    const inner = pattern.test(text) ? unwrapText(text) : undefined
    if (inner !== undefined) return openText(inner, under(context, wrapper))
  }
  for (const [wrapper, pattern, read] of BYTE_WRAPPERS) {
    const bytes = pattern.test(text) ? read(text) : undefined
    const opened = bytes && (await attempt(openBytes(bytes, under(context, wrapper))))
    if (opened !== undefined) return opened
  }
  const opened = (await openForm(text, context)) ?? (await openSurrounded(text, context))
  if (opened !== undefined) return opened
  throw unreadable(whatElse(text))
}

/** A message surrounded by other text, or several messages, one per line. */
async function openSurrounded(text: string, context: Context): Promise<Unwrapped | undefined> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const values = lines.length > 1 ? lines.map(tryToRead) : []
  const objects = values.filter((value) => value?.kind === 'object')
  if (values.length > 1 && objects.length === values.length) {
    return openOnly(objects, under(context, WRAPPERS.lines))
  }
  const inner = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)
  if (inner === '' || inner === text) return undefined
  const value = tryToRead(inner)
  return value?.kind === 'object' && OWN.some((name) => value.members.has(name))
    ? openObject(value, inner, under(context, WRAPPERS.text))
    : undefined
}

const tryToRead = (text: string) => tryTo(() => readJson(text))

/** A form in which one field holds the message. */
async function openForm(text: string, context: Context): Promise<Unwrapped | undefined> {
  if (!/^[\w.-]+=(?:%7B|\{)/i.test(text)) return undefined
  const fields = [...new URLSearchParams(text)]
  for (const [name, value] of fields) {
    const opened = await attempt(openText(value, under(context, inMember(name))))
    if (opened !== undefined) return opened
  }
  return undefined
}

/** The unwrapped message; `undefined` if there is none inside. */
async function attempt(opening: Promise<Unwrapped>): Promise<Unwrapped | undefined> {
  try {
    return await opening
  } catch (error) {
    if (error instanceof ConfigError) return undefined
    throw error
  }
}

const isByte = (value: JsonValue) =>
  value.kind === 'number' && /^\d{1,3}$/.test(value.source) && Number(value.source) < 256

function bytesOf(items: readonly JsonValue[]): Uint8Array | undefined {
  if (items.length === 0 || !items.every(isByte)) return undefined
  return Uint8Array.from(items, (item) => (item.kind === 'number' ? Number(item.source) : 0))
}

const isSigned = ({ object }: Unwrapped) => object.members.has('sign')

async function openList(items: readonly JsonValue[], context: Context): Promise<Unwrapped> {
  const bytes = bytesOf(items)
  return bytes === undefined
    ? openOnly(items, under(context, WRAPPERS.list))
    : openBytes(bytes, under(context, WRAPPERS.bytes))
}

/** The one message among several values. */
async function openOnly(
  items: readonly (JsonValue | undefined)[],
  context: Context,
): Promise<Unwrapped> {
  const opened: Unwrapped[] = []
  for (const item of items) {
    const inside = item && (await attempt(openValue(item, context)))
    if (inside !== undefined) opened.push(inside)
  }
  const signed = opened.filter(isSigned)
  const [only, ...others] = signed.length > 0 ? signed : opened
  if (only !== undefined && others.length === 0) return only
  throw unreadable(
    only === undefined
      ? { en: 'It is a list: give one of its objects.', zh: '这是列表：请给出其中的一个对象。' }
      : {
          en: `It holds ${others.length + 1} messages: give one of them.`,
          zh: `其中有 ${others.length + 1} 份报文：请给出其中一份。`,
        },
  )
}

async function openValue(value: JsonValue, context: Context): Promise<Unwrapped> {
  if (value.kind === 'object') return openObject(value, writeCompact(value), context)
  if (value.kind === 'array') return openList(value.items, context)
  if (value.kind === 'string') return openText(value.value, context)
  throw unreadable()
}

/** Members of LianLian's messages, so that one is not mistaken for a wrapper. */
const OWN = ['sign', 'oid_partner', 'ret_code', 'sign_type']

async function openObject(object: JsonObject, text: string, context: Context): Promise<Unwrapped> {
  const { charset, wrappers } = context
  const itself = { object, text, charset, wrappers }
  if (OWN.some((name) => object.members.has(name))) return itself
  return (
    (await attempt(openBuffer(object, context))) ??
    (await openParsedForm(object, context)) ??
    (await openMember(object, context)) ??
    itself
  )
}

/** `{"type":"Buffer","data":[…]}`, and `{"0":123,"1":34,…}`, as bytes are written as JSON. */
async function openBuffer({ members }: JsonObject, context: Context): Promise<Unwrapped> {
  const type = members.get('type')
  const data = members.get('data')
  if (type?.kind === 'string' && type.value === 'Buffer' && data !== undefined) {
    const inner = under(context, WRAPPERS.buffer)
    const bytes = data.kind === 'array' ? bytesOf(data.items) : undefined
    return bytes === undefined ? openValue(data, inner) : openBytes(bytes, inner)
  }
  const isIndexed = [...members.keys()].every((name, index) => name === String(index))
  const bytes = isIndexed ? bytesOf([...members.values()]) : undefined
  if (bytes !== undefined) return openBytes(bytes, under(context, WRAPPERS.bytes))
  throw unreadable()
}

/** `{[body]: ""}`: a JSON body that was parsed as a form, and split at its first `=`. */
async function openParsedForm(
  { members }: JsonObject,
  context: Context,
): Promise<Unwrapped | undefined> {
  const [first = ''] = members.keys()
  if (!/^\s*[[{]/.test(first)) return undefined
  const pairs = Array.from(members, ([name, value]) => {
    const text = value.kind === 'string' ? value.value : ''
    return text === '' ? name : `${name}=${text}`
  })
  const whole = pairs.join('&')
  // An empty value may have been a `=` at the end; base64 has two of them at most.
  for (const body of [whole, first, whole.replace(/"\}\s*$/, '="}')]) {
    const opened = await attempt(openText(body, under(context, WRAPPERS.formParsed)))
    if (opened !== undefined) return opened
  }
  return undefined
}

/** A message in one member of another object, as API Gateway and HTTP libraries pass it on. */
async function openMember(
  { members }: JsonObject,
  context: Context,
): Promise<Unwrapped | undefined> {
  const opened: Unwrapped[] = []
  for (const [name, value] of members) {
    if (value.kind !== 'object' && value.kind !== 'array' && value.kind !== 'string') continue
    const inside = await attempt(openValue(value, under(context, inMember(name))))
    if (inside !== undefined && OWN.some((own) => inside.object.members.has(own))) {
      opened.push(inside)
    }
  }
  return opened.find(isSigned) ?? opened[0]
}

/**
 * Unwraps a message from compression, base64, JSON in JSON, a list, a Buffer, a form, or a member of
 * another object.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` if there is no JSON object inside.
 * @throws {ProtocolError} `ERR_REPLY_DUPLICATE_MEMBER`, `ERR_REPLY_INVALID`.
 */
export function unwrap(message: Uint8Array | string, decompress: Decompress): Promise<Unwrapped> {
  const context: Context = { charset: 'UTF-8', wrappers: [], decompress }
  return typeof message === 'string' ? openText(message, context) : openBytes(message, context)
}

/** How many bytes a message has that was given as bytes or as text. */
export const sizeOf = (message: Uint8Array | string): number =>
  typeof message === 'string' ? encodeUtf8(message).length : message.length
