import { decodeBase64 } from '../encoding/base64.ts'

/**
 * Decodes base64 as people store keys: white space between, the alphabet of URLs, padding that is
 * missing or too long. `undefined` for anything else.
 */
export function decodeLoose(text: string): Uint8Array | undefined {
  const digits = text
    .replaceAll(/\s|=+\s*$/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
  return decodeBase64(digits.padEnd(Math.ceil(digits.length / 4) * 4, '='))
}
