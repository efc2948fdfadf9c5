import { JSON_REWRITES } from './rewrite-json.ts'
import type { Variation } from './variation.ts'

/** What is done to values, to names, or to both; to values unless told. */
export interface Rewrite extends Variation<(text: string) => string> {
  readonly of?: 'names' | 'both'
}

const safely = (rewrite: (text: string) => string) => (text: string) => {
  try {
    return rewrite(text)
  } catch {
    return text
  }
}

const AS_IT_IS = 'sign them as they are, without any encoding.'
const SENT_ENCODED = 'the message holds them encoded. Send them as they are.'
const URL_ENCODED = `The values were URL-encoded for the signature: ${AS_IT_IS}`

const lowerHex = (text: string) =>
  encodeURIComponent(text).replaceAll(/%../g, (code) => code.toLowerCase())
const formEncode = (text: string) => new URLSearchParams({ v: text }).toString().slice(2)
const formDecode = (text: string) => new URLSearchParams(`v=${text}`).get('v') ?? text

const codeOf = (unit: string) => unit.charCodeAt(0).toString(16).padStart(4, '0')
const escapeUnicode = (text: string) => text.replaceAll(/[^ -~]/g, (unit) => `\\u${codeOf(unit)}`)
const escapeUnicodeCapital = (text: string) =>
  text.replaceAll(/[^ -~]/g, (unit) => `\\u${codeOf(unit).toUpperCase()}`)
const unescapeUnicode = (text: string) =>
  text.replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )

const escapeHtml = (quote: string, apostrophe: string) => (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', quote)
    .replaceAll("'", apostrophe)
const unescapeHtml = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/&(?:quot|#34);/g, '"')
    .replaceAll(/&(?:apos|#0?39|#x27);/g, "'")
    .replaceAll('&nbsp;', '\u00a0')
    .replaceAll('&amp;', '&')

const inJson = (text: string) => JSON.stringify(text).slice(1, -1)

const WIDTH = 0xfee0
const toHalfWidth = (text: string) =>
  text
    .replaceAll(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - WIDTH))
    .replaceAll('\u3000', ' ')
const toFullWidth = (text: string) =>
  text.replaceAll(/[!-~]/g, (narrow) => String.fromCharCode(narrow.charCodeAt(0) + WIDTH))

const ENCODED: readonly Rewrite[] = [
  ...[encodeURIComponent, lowerHex, encodeURI].map((encode) => ({
    says: URL_ENCODED,
    step: safely(encode),
  })),
  {
    says: URL_ENCODED,
    step: safely((text) => encodeURIComponent(text).replaceAll('%2F', '/')),
  },
  {
    says: `The values were form-encoded for the signature (a blank as +): ${AS_IT_IS}`,
    step: formEncode,
  },
  {
    says: `The values were signed before they were URL-encoded: ${SENT_ENCODED}`,
    step: safely(decodeURIComponent),
  },
  {
    says: `The values were signed before they were form-encoded (a blank as +): ${SENT_ENCODED}`,
    step: formDecode,
  },
  {
    says: 'The text was encoded as UTF-8 twice for the signature: encode it once.',
    step: (text) => Buffer.from(text, 'utf8').toString('latin1'),
  },
  {
    says: 'The message holds text that was encoded as UTF-8 twice, and the signature is over the right one: encode it once.',
    step: (text) => Buffer.from(text, 'latin1').toString('utf8'),
  },
  ...[
    escapeHtml('&quot;', "'"),
    escapeHtml('&quot;', '&#39;'),
    escapeHtml('&quot;', '&#039;'),
    escapeHtml('&quot;', '&#x27;'),
    escapeHtml('&#34;', '&#39;'),
  ].map((step) => ({
    says: `The values were escaped as HTML for the signature: ${AS_IT_IS}`,
    step,
  })),
  {
    says: 'The message holds values that were escaped as HTML after they were signed: send what is signed.',
    step: unescapeHtml,
  },
]

const ESCAPED: readonly Rewrite[] = [
  ...[escapeUnicode, escapeUnicodeCapital].map((step) => ({
    says: 'Characters were signed as \\u escapes: sign the text itself, before it is written as JSON.',
    step,
  })),
  {
    says: 'The message holds \\u escapes as text, and the characters themselves were signed: write JSON once.',
    step: unescapeUnicode,
  },
  {
    says: 'The values were signed as they are written in JSON, with backslashes: sign the text itself.',
    step: inJson,
  },
  {
    says: 'Slashes were signed as \\/, which PHP writes in JSON: sign the text itself.',
    step: (text) => inJson(text).replaceAll('/', '\\/'),
  },
  {
    says: 'The message holds backslashes that the signed text does not have: write JSON once.',
    step: (text) => text.replaceAll(/\\(.)/g, '$1'),
  },
  {
    says: 'The values were signed in quotes: sign the text itself.',
    step: (text) => JSON.stringify(text),
  },
]

const BLANKS: readonly Rewrite[] = [
  {
    says: 'Names or values were trimmed for the signature, and sent with their blanks: send what is signed.',
    step: (text) => text.trim(),
    of: 'both',
  },
  {
    says: 'Blanks were removed from the values for the signature: sign them as they are sent.',
    step: (text) => text.replaceAll(/\s/g, ''),
  },
  {
    says: 'Several blanks were made one for the signature: sign the values as they are sent.',
    step: (text) => text.replaceAll(/\s+/g, ' '),
  },
  {
    says: 'Windows line ends in a value became plain ones for the signature: sign what is sent.',
    step: (text) => text.replaceAll('\r\n', '\n'),
  },
  {
    says: 'Line ends in a value became Windows ones for the signature: sign what is sent.',
    step: (text) => text.replaceAll(/\r?\n/g, '\r\n'),
  },
]

const LETTERS: readonly Rewrite[] = [
  {
    says: 'The message holds full-width characters, and the ordinary ones were signed: send what is signed.',
    step: toHalfWidth,
  },
  ...['NFC', 'NFD', 'NFKC'].map((form) => ({
    says: `The values were signed in the Unicode form ${form}, and sent in another: sign what is sent.`,
    step: (text: string) => text.normalize(form),
  })),
  {
    says: 'Full-width characters were signed, and the message holds ordinary ones: send what is signed.',
    step: toFullWidth,
  },
  {
    says: 'The values were signed in lower case: sign them as they are.',
    step: (text) => text.toLowerCase(),
  },
  {
    says: 'The values were signed in capitals: sign them as they are.',
    step: (text) => text.toUpperCase(),
  },
  {
    says: 'The names were signed in capitals: sign them as they are sent.',
    step: (text) => text.toUpperCase(),
    of: 'names',
  },
  {
    says: 'The names were signed as camelCase: sign them as they are sent, such as oid_partner.',
    step: (text) => text.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    of: 'names',
  },
]

const NUMBERS: readonly Rewrite[] = [
  {
    says: 'Numbers were written anew for the signature (0.10 as 0.1): sign the text that is sent.',
    step: (text) => (/^-?[0-9]+\.[0-9]+$/.test(text) ? String(Number(text)) : text),
  },
  {
    says: 'Long numbers were rounded for the signature, as a floating-point number rounds them: handle them as text.',
    step: (text) => (/^[1-9][0-9]{15,}$/.test(text) ? String(Number(text)) : text),
  },
  {
    says: 'Leading zeros were lost for the signature: handle numbers as text.',
    step: (text) => (/^0[0-9]+$/.test(text) ? String(Number(text)) : text),
  },
  {
    says: 'true and false were signed as Python writes them (True, False): sign the text that is sent.',
    step: (text) =>
      /^(?:true|false)$/.test(text) ? text.replace(/^./, (c) => c.toUpperCase()) : text,
  },
]

/** What is done to names and values. */
export const REWRITES: readonly Rewrite[] = [
  { says: '', step: (text) => text },
  ...BLANKS,
  ...ENCODED,
  ...ESCAPED,
  ...LETTERS,
  ...NUMBERS,
  ...JSON_REWRITES,
]
