const HEADER = '-----BEGIN '

/** What was done to the text of a key that cannot be read, how it shows, and how to undo it. */
const MANGLED: readonly (readonly [isIt: (text: string) => boolean, says: string])[] = [
  [
    (text) => Buffer.from(text, 'base64').toString('latin1').includes(HEADER),
    'The key is PEM that was written in base64 once more. Decode it: base64 -d FILE',
  ],
  [
    (text) => /%(?:2B|2F|3D|0A|20)/i.test(text),
    'The key is URL-encoded. Decode it, or copy it from where it was made.',
  ],
  [
    (text) => /^\s*(?:-{1,4}|-{6,}|[\u2010-\u2015\u2212]+)\s*BEGIN /.test(text),
    'The header of the key does not begin with five hyphens: a word processor may have changed them. Write -----BEGIN and -----END.',
  ],
  [
    (text) => /\\\\n/.test(text),
    'The line ends of the key are escaped twice, as \\\\n. Escape them once, or write them as line ends.',
  ],
  [
    (text) => text.includes(HEADER) && /^[\w+/=-]*[-_][\w+/=-]*$/m.test(bodyOf(text)),
    'The key is written in the alphabet of URLs (- and _). Write it in standard base64.',
  ],
  [
    (text) => /^[0-9a-f\s:]{60,}$/i.test(text),
    'The key is written in hexadecimal; one of 64 digits is for SM2, not for RSA. Make DER of it: xxd -r -p FILE > COPY',
  ],
  [
    (text) => /^\s*(?:export\s+)?[A-Za-z_]\w*=\s*\S/.test(text),
    'This is a line that sets a variable. Give what stands behind its = alone.',
  ],
  [
    (text) => /^\s*\{/.test(text),
    'This is JSON, and no JWK. Give the key in it alone, without the quotes.',
  ],
]

const bodyOf = (text: string) => text.replaceAll(/-----[^-]*-----/g, '')

/** What was done to the text of a key that cannot be read, and how to undo it. */
export const explainMangled = (text: string): string | undefined =>
  MANGLED.find(([isIt]) => isIt(text))?.[1]
