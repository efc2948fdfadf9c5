const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** A text that a key may be: PEM, or a long base64 of a DER sequence. */
const KEY_TEXT =
  /BEGIN [A-Z0-9 ]*KEY|BEGIN CERTIFICATE|^\s*MI[A-Za-z0-9+/=\s]{100}|^\s*LS0tLS1CRUdJTi/
/** A member's name that can be shown: anything longer may be the key itself. */
const PLAIN_NAME = /^[\w.$-]{1,64}$/
const DEPTH = 4

/** The way to the member that holds a key. */
function findKey(value: unknown, depth = DEPTH): string | undefined {
  if (!isObject(value) || depth === 0) return undefined
  for (const [name, member] of Object.entries(value)) {
    const shown = PLAIN_NAME.test(name) ? name : '?'
    if (typeof member === 'string' && KEY_TEXT.test(member)) return shown
    const inner = findKey(member, depth - 1)
    if (inner !== undefined) return `${shown}.${inner}`
  }
  return undefined
}

/**
 * Says what an object is that was given as a key, or was written as JSON: a set of JWKs, a Buffer, or
 * something that holds the key in one of its members.
 */
function explainObject(value: unknown, what: string): string | undefined {
  if (!isObject(value)) return undefined
  if ('keys' in value && Array.isArray(value['keys'])) {
    return `This is a set of JWKs. Give one of its keys: the object in its member "keys".`
  }
  if (value['type'] === 'Buffer' && Array.isArray(value['data'])) {
    return 'This is a Buffer that was written as JSON. Give the bytes: Buffer.from(value.data).'
  }
  const member = findKey(value)
  return member === undefined
    ? undefined
    : `This is ${what} that holds the key in member "${member}". Give the value of that member alone.`
}

/** Says what JSON text is that was given as a key. */
export function explainJson(text: string): string | undefined {
  const plain = text.trim().replace(/^\uFEFF/, '')
  if (!/^[[{"]/.test(plain)) return undefined
  let value: unknown
  try {
    value = JSON.parse(plain)
  } catch {
    // The parser's error quotes the text, which is the key. A key may be in quotes, and be no JSON.
    return plain.startsWith('{') && KEY_TEXT.test(plain)
      ? 'This looks like JSON that holds a key, but is not valid JSON: a line end within a string must be written as \\n. Give the key alone.'
      : undefined
  }
  if (typeof value === 'string') return undefined
  return (
    explainObject(value, 'JSON') ??
    (isObject(value) && 'kty' in value
      ? undefined
      : 'This is JSON, but not a JWK: it has no "kty". Give only the key inside it.')
  )
}

const FORMS = 'Give PEM, base64, DER bytes or a JWK.'

const tagOf = (value: object) => Object.prototype.toString.call(value).slice(8, -1)

/** What an object is by its tag, and what to do with it. */
const TAGS: Readonly<Record<string, string>> = {
  Promise: 'a Promise: await is missing. Await it, and give what it resolves to.',
  URL: 'a URL, which names a place. Read the file or the page, and give its contents.',
  String: 'a String object. Give the text itself: String(value) without new.',
  Array: `an array. Give one key at a time; an array of bytes as Uint8Array.from(value). ${FORMS}`,
  Map: `a Map. Give the key itself. ${FORMS}`,
  Set: `a Set. Give the key itself. ${FORMS}`,
  Date: `a date. ${FORMS}`,
  Blob: 'a Blob. Give its contents: await blob.arrayBuffer().',
  File: 'a File. Give its contents: await file.arrayBuffer().',
  Response: 'a Response. Give its contents: await response.text().',
  ReadableStream: 'a stream. Read it to its end, and give the bytes.',
  CryptoKey:
    'a CryptoKey, which only @llpay/edge takes. Export it: await crypto.subtle.exportKey("jwk", key).',
  KeyObject:
    'a KeyObject of node:crypto, which only @llpay/node takes. Export it: key.export({ format: "jwk" }).',
}

function nameByShape(value: object): string | undefined {
  if ('then' in value && typeof value.then === 'function') return TAGS['Promise']
  if ('key' in value) {
    const more = 'passphrase' in value ? ', and its passphrase as the option passphrase' : ''
    return `an object with the key in its member "key", as node:crypto takes it. Give that member alone${more}.`
  }
  return 'asymmetricKeyType' in value ? TAGS['KeyObject'] : TAGS[tagOf(value)]
}

/** Says what was given as a key, where it is neither text nor bytes nor a JWK. */
export function explainValue(value: unknown): string | undefined {
  if (typeof value === 'function') {
    return `The key is a function. Call it, and give what it returns. ${FORMS}`
  }
  if (typeof value !== 'object' || value === null) {
    return value === undefined || value === null
      ? undefined
      : `The key is a ${typeof value}. ${FORMS}`
  }
  if ('kty' in value && value.kty !== undefined) return undefined
  const shape = nameByShape(value)
  if (shape !== undefined) return `The key is ${shape}`
  return (
    explainObject(value, 'an object') ??
    `The key is an object that llpay does not know: not a JWK, since it has no "kty". ${FORMS}`
  )
}
