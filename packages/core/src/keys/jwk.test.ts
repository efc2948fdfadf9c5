import { createPrivateKey } from 'node:crypto'

import { vectorKey } from '@internal/vectors'
import { describe, expect, test } from 'vitest'

import { readJwkText } from './jwk.ts'
import { parsePrivateKey, parsePublicKey } from './parse-key.ts'

const { pkcs8Pem, spkiBase64 } = vectorKey('k1024')
const jwk = createPrivateKey(pkcs8Pem).export({ format: 'jwk' })
const text = JSON.stringify(jwk)

describe('a JWK as text', () => {
  test.each<[string, string | Uint8Array]>([
    ['as it is', text],
    ['over several lines', JSON.stringify(jwk, null, 2)],
    ['in quotes, with a BOM', `\uFEFF'${text}'\n`],
    ['as bytes', new TextEncoder().encode(text)],
  ])('is read %s', (_, source) => {
    expect(readJwkText(source)).toEqual(jwk)
    const { modulus } = parsePrivateKey(source)
    expect(Buffer.from(modulus).toString('base64url')).toBe(jwk.n)
  })

  test('keeps public and private apart', () => {
    expect(() => parsePublicKey(text)).toThrow(
      expect.objectContaining({ code: 'ERR_KEY_WRONG_KIND' }),
    )
    const { kty, n, e } = jwk
    const publicText = JSON.stringify({ kty, n, e })
    expect(Buffer.from(parsePublicKey(publicText).spki).toString('base64')).toBe(spkiBase64)
    expect(() => parsePrivateKey(publicText)).toThrow(
      expect.objectContaining({ code: 'ERR_KEY_WRONG_KIND' }),
    )
  })

  test('that is cut off is refused without quoting it', () => {
    const half = text.slice(0, text.length / 2)
    expect(() => readJwkText(half)).toThrow(
      expect.objectContaining({
        code: 'ERR_KEY_INVALID',
        message: expect.not.stringContaining(half.slice(0, 30)),
      }),
    )
  })

  test.each([
    ['PEM', pkcs8Pem],
    ['base64', spkiBase64],
    ['DER', new Uint8Array(Buffer.from(spkiBase64, 'base64'))],
    ['an array', '[]'],
  ])('is not seen in %s', (_, source) => {
    expect(readJwkText(source)).toBeUndefined()
  })
})
