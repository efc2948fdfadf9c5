import type { KeyObject } from 'node:crypto'

import { KeyError } from '@llpay/core'

/** What a key can be written as. */
export const CONTAINERS = ['pkcs8', 'pkcs1', 'spki', 'jwk'] as const

/** How a container is written; a JWK is always JSON. */
export const FORMS = ['pem', 'base64', 'der'] as const

/** One of {@link CONTAINERS}. */
export type Container = (typeof CONTAINERS)[number]

/** One of {@link FORMS}. */
export type Form = (typeof FORMS)[number]

const WRONG_KIND: Readonly<Record<string, string>> = {
  spki: 'spki is for public keys. Add --public to take the public half of a private key.',
  pkcs8: 'pkcs8 is for private keys, and this is a public one. Take --to spki, pkcs1 or jwk.',
}

/** Which container belongs to one kind of key alone. */
const BELONGS: Readonly<Record<string, string>> = { spki: 'public', pkcs8: 'private' }

/**
 * Writes a key in a container and a form.
 *
 * @throws {KeyError} `ERR_KEY_WRONG_KIND` where the container is not for this kind of key.
 */
export function exportKey(handle: KeyObject, container: Container, form: Form): string | Buffer {
  if ((BELONGS[container] ?? handle.type) !== handle.type) {
    throw new KeyError('ERR_KEY_WRONG_KIND', WRONG_KIND[container] ?? '')
  }
  if (container === 'jwk') return `${JSON.stringify(handle.export({ format: 'jwk' }))}\n`
  if (form === 'pem') return handle.export({ type: container, format: 'pem' }).toString()
  const der = Buffer.from(handle.export({ type: container, format: 'der' }))
  return form === 'der' ? der : `${der.toString('base64')}\n`
}
