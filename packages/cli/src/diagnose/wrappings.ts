import { createHash } from 'node:crypto'

import type { Variation } from './variation.ts'

const hash = (name: string, bytes: Uint8Array) => createHash(name).update(bytes).digest()
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const ascii = (text: string) => Buffer.from(text, 'latin1')
const encodeForm = (text: string) => new URLSearchParams({ v: text }).toString().slice(2)

const HASHED = 'sign the text itself; MD5withRSA hashes it once.'

/** What is done to the text as a whole before it is signed. */
export const WRAPPINGS: readonly Variation<(bytes: Uint8Array) => Uint8Array>[] = [
  { says: '', step: (bytes) => bytes },
  {
    says: `The MD5 of the text was signed, as hexadecimal text: ${HASHED}`,
    step: (bytes) => ascii(hex(hash('md5', bytes))),
  },
  {
    says: `The MD5 of the text was signed, as hexadecimal text in capitals: ${HASHED}`,
    step: (bytes) => ascii(hex(hash('md5', bytes)).toUpperCase()),
  },
  {
    says: `The MD5 of the text was signed, as bytes: ${HASHED}`,
    step: (bytes) => hash('md5', bytes),
  },
  {
    says: `The MD5 of the text was signed, as base64: ${HASHED}`,
    step: (bytes) => ascii(hash('md5', bytes).toString('base64')),
  },
  {
    says: `The SHA-1 of the text was signed: ${HASHED}`,
    step: (bytes) => ascii(hex(hash('sha1', bytes))),
  },
  {
    says: `The SHA-256 of the text was signed: ${HASHED}`,
    step: (bytes) => ascii(hex(hash('sha256', bytes))),
  },
  {
    says: 'The text was signed in base64: sign the text itself.',
    step: (bytes) => ascii(Buffer.from(bytes).toString('base64')),
  },
  {
    says: 'The text was URL-encoded as a whole for the signature: sign it without any encoding.',
    step: (bytes) => ascii(encodeURIComponent(Buffer.from(bytes).toString('utf8'))),
  },
  {
    says: 'The text was form-encoded as a whole for the signature: sign it without any encoding.',
    step: (bytes) => ascii(encodeForm(Buffer.from(bytes).toString('utf8'))),
  },
  {
    says: 'The text was signed in capitals: sign it as it is.',
    step: (bytes) => Buffer.from(Buffer.from(bytes).toString('utf8').toUpperCase()),
  },
  {
    says: 'The text was signed in lower case: sign it as it is.',
    step: (bytes) => Buffer.from(Buffer.from(bytes).toString('utf8').toLowerCase()),
  },
]
