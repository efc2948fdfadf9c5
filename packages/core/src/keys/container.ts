import { readSequence, TAG, type DerElement } from './der.ts'

/** What a DER structure holds, told by its shape. */
export type Container =
  | 'pkcs1-private'
  | 'pkcs1-public'
  | 'pkcs8'
  | 'encrypted-pkcs8'
  | 'spki'
  | 'certificate'
  | 'ec-private'
  | 'unknown'

/** How a user would call each container. */
export const CONTAINER_NAME: Readonly<Record<Container, string>> = {
  'pkcs1-private': 'a PKCS#1 RSA private key',
  'pkcs1-public': 'a PKCS#1 RSA public key',
  pkcs8: 'a PKCS#8 private key',
  'encrypted-pkcs8': 'an encrypted PKCS#8 private key',
  spki: 'a public key',
  certificate: 'an X.509 certificate',
  'ec-private': 'an EC private key',
  unknown: 'not a key that llpay knows',
}

const { integer, bitString, octetString, sequence } = TAG
const SHAPES: readonly (readonly [Container, readonly number[]])[] = [
  ['pkcs1-private', Array.from({ length: 9 }, () => integer)],
  ['pkcs8', [integer, sequence, octetString]],
  ['ec-private', [integer, octetString]],
  ['encrypted-pkcs8', [sequence, octetString]],
  ['spki', [sequence, bitString]],
  ['certificate', [sequence, sequence, bitString]],
]

/** Tells what DER bytes hold, and returns the elements of their outer sequence. */
export function openContainer(der: Uint8Array): {
  readonly container: Container
  readonly elements: readonly DerElement[]
} {
  const elements = readSequence(der)
  const container =
    elements.length === 2 && elements.every((element) => element.tag === integer)
      ? 'pkcs1-public'
      : SHAPES.find(([, tags]) => tags.every((tag, index) => elements[index]?.tag === tag))?.[0]
  return { container: container ?? 'unknown', elements }
}
