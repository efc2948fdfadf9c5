import { decodeBase64 } from '@llpay/core/adapter'

import type { Piece } from './read-message.ts'

/** A signature as bytes, and what is wrong with the way it is written. */
export interface ReadSign {
  readonly signature: Uint8Array | undefined
  readonly wrong: string | undefined
}

type Decode = (text: string) => Uint8Array | undefined

const base64: Decode = (text) => decodeBase64(text)

const pad = (text: string) => {
  const bare = text.replaceAll('=', '')
  return bare.padEnd(Math.ceil(bare.length / 4) * 4, '=')
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

const decodeHex: Decode = (text) => {
  const digits = text.replaceAll(/[:\s]/g, '')
  return /^(?:[0-9a-f]{2}){64,}$/i.test(digits) ? Buffer.from(digits, 'hex') : undefined
}

const decodeTwice: Decode = (text) => {
  const once = base64(text)
  return once === undefined ? undefined : base64(Buffer.from(once).toString('latin1'))
}

/** Ways in which a signature may be miswritten, each with what it says of it. */
const MISWRITTEN: readonly (readonly [string, Decode])[] = [
  ['sign is written in hexadecimal: write the signature in base64.', decodeHex],
  ['sign was written in base64 twice: write it once.', decodeTwice],
]

/** The same for what no base64 is. */
const NO_BASE64: readonly (readonly [string, Decode])[] = [
  [
    'sign has blanks where base64 has +: it was decoded as a form. Send it in JSON, unencoded.',
    (text) => base64(text.replaceAll(' ', '+')),
  ],
  [
    'sign has blanks or line ends in it: remove them.',
    (text) => base64(text.replaceAll(/\s/g, '')),
  ],
  [
    'sign has line ends in it that are written as \\n: remove them.',
    (text) => base64(text.replaceAll(/\\[rn]/g, '')),
  ],
  [
    'sign stands in quotes of its own: write JSON once.',
    (text) => base64(text.replaceAll(/^["']|["']$/g, '')),
  ],
  [
    'sign begins with its own name: send the base64 alone.',
    (text) => base64(text.replace(/^sign=/, '')),
  ],
  ['sign is URL-encoded: send base64 as it is.', (text) => base64(decodePercent(text))],
  ['sign lacks the = at its end: use standard base64.', (text) => base64(pad(text))],
  [
    'sign is written in the alphabet of URLs (- and _): use standard base64.',
    (text) => base64(pad(text.replaceAll('-', '+').replaceAll('_', '/'))),
  ],
]

function firstThat(
  ways: readonly (readonly [string, Decode])[],
  text: string,
): ReadSign | undefined {
  for (const [wrong, decode] of ways) {
    const signature = decode(text)
    if (signature !== undefined && signature.length > 0) return { signature, wrong }
  }
  return undefined
}

const nothing = (wrong: string): ReadSign => ({ signature: undefined, wrong })

/** Reads the signature of a message, also where it is miswritten. */
export function readSign(pieces: readonly Piece[]): ReadSign {
  const piece = pieces.find(({ name }) => name === 'sign')
  const text = piece?.text ?? ''
  if (text === '') {
    return nothing(
      'The message has no sign: there is nothing to verify. LianLian does not sign some refusals (1001, 1004, 3001, 3003).',
    )
  }
  if (piece?.kind !== 'string') return nothing('sign is not text: write it as a JSON string.')
  if (/^[0-9a-f]{32}$/i.test(text)) {
    return nothing(
      'sign has the form of sign_type MD5: 32 hexadecimal digits, made with a shared key and not with RSA. Use sign_type RSA.',
    )
  }
  const found = firstThat(MISWRITTEN, text)
  if (found !== undefined) return found
  const plain = base64(text.replaceAll(/[\r\n]/g, ''))
  if (plain !== undefined) return { signature: plain, wrong: undefined }
  return (
    firstThat(NO_BASE64, text) ??
    nothing(
      `sign is no base64: it was cut off or altered. It has ${text.length} characters; a key of 1024 bits makes 172, one of 2048 bits 344.`,
    )
  )
}
