import { explainObject } from './explain-json.ts'

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
