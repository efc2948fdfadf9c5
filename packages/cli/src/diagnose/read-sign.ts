import { decodeBase64 } from '@llpay/core/adapter'

import type { Piece } from './read-message.ts'

/** A signature as bytes, and what is wrong with the way it is written. */
export interface ReadSign {
  readonly signature: Uint8Array | undefined
  readonly wrong: string | undefined
}

const base64 = (text: string) => decodeBase64(text)

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

/** Ways in which a signature may be miswritten, each with what it says of it. */
const MISWRITTEN: readonly (readonly [string, (text: string) => Uint8Array | undefined])[] = [
  [
    'sign has blanks where base64 has +: it was decoded as a form. Send it in JSON, unencoded.',
    (text) => base64(text.replaceAll(' ', '+')),
  ],
  [
    'sign has blanks or line ends in it: remove them.',
    (text) => base64(text.replaceAll(/\s/g, '')),
  ],
  ['sign is URL-encoded: send base64 as it is.', (text) => base64(decodePercent(text))],
  [
    'sign is written in the alphabet of URLs (- and _), or lacks its =: use standard base64.',
    (text) => {
      const standard = text.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '')
      return base64(standard.padEnd(Math.ceil(standard.length / 4) * 4, '='))
    },
  ],
]

/** Reads the signature of a message, also where it is miswritten. */
export function readSign(pieces: readonly Piece[]): ReadSign {
  const piece = pieces.find(({ name }) => name === 'sign')
  const text = piece?.text ?? ''
  if (text === '') {
    return {
      signature: undefined,
      wrong:
        'The message has no sign: there is nothing to verify. LianLian does not sign some refusals (1001, 1004, 3001, 3003).',
    }
  }
  if (piece?.kind !== 'string')
    return { signature: undefined, wrong: 'sign is not text: write it as a JSON string.' }
  if (/^[0-9a-f]{32}$/i.test(text)) {
    return {
      signature: undefined,
      wrong:
        'sign has the form of sign_type MD5: 32 hexadecimal digits, made with a shared key and not with RSA. Use sign_type RSA.',
    }
  }
  if (/^(?:[0-9a-f]{2}){64,}$/i.test(text)) {
    return {
      signature: Buffer.from(text, 'hex'),
      wrong: 'sign is written in hexadecimal: write the signature in base64.',
    }
  }
  const plain = base64(text.replaceAll(/[\r\n]/g, ''))
  if (plain !== undefined) return { signature: plain, wrong: undefined }
  for (const [wrong, decode] of MISWRITTEN) {
    const signature = decode(text)
    if (signature !== undefined && signature.length > 0) return { signature, wrong }
  }
  return { signature: undefined, wrong: 'sign is no base64: it was cut off or altered.' }
}
