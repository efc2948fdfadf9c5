import { createHash } from 'node:crypto'

import { createGbkEncoder } from './encode-gbk.ts'
import type { Piece } from './read-message.ts'

/** A member on its way into the signed text. */
export interface Member {
  readonly name: string
  readonly text: string
}

/** One way to do a step of signing; the first of each list is the right one, and says nothing. */
export interface Variation<Step> {
  /** What was done wrong, and what is right. */
  readonly says: string
  readonly step: Step
}

const isPlain = ({ kind }: Piece) => kind !== 'array' && kind !== 'object'

function select(pieces: readonly Piece[], unsigned: readonly string[]): Member[] {
  return pieces.flatMap(({ name, text }) =>
    name === 'sign' || unsigned.includes(name) || text === null || text === ''
      ? []
      : [{ name, text }],
  )
}

const list = (names: readonly string[]) => names.join(', ')

/** Which members go into the text. */
export function selections(
  pieces: readonly Piece[],
  unsigned: readonly string[],
): Variation<readonly Member[]>[] {
  const right = select(pieces, unsigned)
  const rest = pieces.filter(({ name }) => name !== 'sign')
  const empty = rest.filter(({ text }) => text === '').map(({ name }) => name)
  const nulls = rest.filter(({ text }) => text === null).map(({ name }) => name)
  const left = rest.filter(({ name }) => unsigned.includes(name)).map(({ name }) => name)
  const without = (...names: readonly string[]) => right.filter(({ name }) => !names.includes(name))
  const withAll = (nullText: string) =>
    rest
      .filter(({ name }) => !unsigned.includes(name))
      .map(({ name, text }) => ({ name, text: text ?? nullText }))
  const found: Variation<readonly Member[]>[] = [{ says: '', step: right }]
  const add = (says: string, step: readonly Member[]) => found.push({ says, step })
  if (empty.length > 0) {
    add(
      `Empty members were kept in the signed text (${list(empty)}): members that are empty are left out.`,
      withAll('').filter(({ name }) => !nulls.includes(name)),
    )
  }
  if (nulls.length > 0) {
    const advice = 'members that are null are left out.'
    add(`Null members were signed as empty text (${list(nulls)}): ${advice}`, withAll(''))
    add(`Null members were signed as the word null (${list(nulls)}): ${advice}`, withAll('null'))
  }
  if (left.length > 0) {
    add(
      `${list(left)} was signed as JSON text: LianLian leaves it out of the signature.`,
      select(pieces, []),
    )
  }
  if (!right.some(({ name }) => name === 'sign_type')) {
    add(
      'The text was signed with sign_type=RSA in it, but the message has no member sign_type: send it too.',
      [...right, { name: 'sign_type', text: 'RSA' }],
    )
  }
  for (const [index, { name }] of right.entries()) {
    const says =
      name.trim() === 'sign_type'
        ? 'sign_type was left out of the signed text: it is part of it.'
        : `${name} was left out of the signed text: every member that is sent is signed. If LianLian made this message, its endpoint does not sign ${name}.`
    add(says, without(name))
    for (const { name: other } of right.slice(index + 1)) {
      add(
        `${name} and ${other} were left out of the signed text: every member that is sent is signed.`,
        without(name, other),
      )
    }
  }
  for (const piece of rest.filter((each) => !isPlain(each) && !unsigned.includes(each.name))) {
    add(
      `${piece.name} holds an object or a list, and was left out: send it as text, or give --api.`,
      without(piece.name),
    )
  }
  return found
}

const safely = (rewrite: (text: string) => string) => (text: string) => {
  try {
    return rewrite(text)
  } catch {
    return text
  }
}

const toLatin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1')
const fromLatin1 = (text: string) => Buffer.from(text, 'latin1').toString('utf8')
const escapeUnicode = (text: string) =>
  text.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
const formEncode = (text: string) => new URLSearchParams({ v: text }).toString().slice(2)
const HTML: readonly (readonly [string, string])[] = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]
const escapeHtml = (text: string) =>
  HTML.reduce((result, [plain, escaped]) => result.replaceAll(plain, escaped), text)

/** What is done to names and values. */
export const REWRITES: readonly Variation<(text: string) => string>[] = [
  { says: '', step: (text) => text },
  {
    says: 'Names or values were trimmed for the signature, and sent with their blanks: send what is signed.',
    step: (text) => text.trim(),
  },
  {
    says: 'The values were URL-encoded for the signature: sign them as they are, without any encoding.',
    step: encodeURIComponent,
  },
  {
    says: 'The values were form-encoded for the signature (a blank as +): sign them as they are.',
    step: formEncode,
  },
  {
    says: 'The values were signed before they were URL-encoded: the message holds them encoded. Send them as they are.',
    step: safely(decodeURIComponent),
  },
  {
    says: 'The text was encoded as UTF-8 twice for the signature: encode it once.',
    step: toLatin1,
  },
  {
    says: 'The message holds text that was encoded as UTF-8 twice, and the signature is over the right one: encode it once.',
    step: fromLatin1,
  },
  {
    says: 'Characters were signed as \\u escapes: sign the text itself, before it is written as JSON.',
    step: escapeUnicode,
  },
  {
    says: 'The values were signed as they are written in JSON, with backslashes: sign the text itself.',
    step: (text) => JSON.stringify(text).slice(1, -1),
  },
  {
    says: 'The values were signed in the quotes of JSON: sign the text itself.',
    step: (text) => JSON.stringify(text),
  },
  {
    says: 'The values were escaped as HTML for the signature: sign them as they are.',
    step: escapeHtml,
  },
  {
    says: 'Numbers were written anew for the signature (0.10 as 0.1): sign the text that is sent.',
    step: (text) => (/^-?[0-9]+\.[0-9]+$/.test(text) ? String(Number(text)) : text),
  },
  {
    says: 'The values were signed in lower case: sign them as they are.',
    step: (text) => text.toLowerCase(),
  },
]

/** In which order the members stand. */
export const ORDERS: readonly Variation<(left: Member, right: Member) => number>[] = [
  { says: '', step: (left, right) => (left.name < right.name ? -1 : 1) },
  {
    says: 'The members were not sorted but signed in the order of the message: sort them by the bytes of their names.',
    step: () => 0,
  },
  {
    says: 'The members were sorted without regard to upper and lower case: sort them by the bytes of their names.',
    step: (left, right) => (left.name.toLowerCase() < right.name.toLowerCase() ? -1 : 1),
  },
  {
    says: 'The members were sorted downwards: sort them upwards by the bytes of their names.',
    step: (left, right) => (left.name < right.name ? 1 : -1),
  },
  {
    says: 'The members were sorted by their values: sort them by the bytes of their names.',
    step: (left, right) => (left.text < right.text ? -1 : 1),
  },
]

const pairs = (members: readonly Member[]) => members.map(({ name, text }) => `${name}=${text}`)

const md5 = (text: string) => createHash('md5').update(text).digest('hex')

/** How the members are joined. */
export const JOINS: readonly Variation<(members: readonly Member[]) => string>[] = [
  { says: '', step: (members) => pairs(members).join('&') },
  {
    says: 'The signed text ends in &: there is none behind the last member.',
    step: (members) => `${pairs(members).join('&')}&`,
  },
  {
    says: 'The signed text ends in a line end: remove it.',
    step: (members) => `${pairs(members).join('&')}\n`,
  },
  {
    says: 'The signed text ends in &key=: that belongs to sign_type MD5, not to RSA.',
    step: (members) => `${pairs(members).join('&')}&key=`,
  },
  {
    says: 'The members were joined without &: put & between them.',
    step: (members) => pairs(members).join(''),
  },
  {
    says: 'Only the values were signed: sign name=value.',
    step: (members) => members.map(({ text }) => text).join(''),
  },
  {
    says: 'The MD5 of the text was signed, as hexadecimal text: sign the text itself; MD5withRSA hashes it once.',
    step: (members) => md5(pairs(members).join('&')),
  },
  {
    says: 'The members were signed as JSON: sign them as name=value, joined by &.',
    step: (members) =>
      JSON.stringify(Object.fromEntries(members.map(({ name, text }) => [name, text]))),
  },
  {
    says: 'The MD5 of the JSON was signed, as in other APIs of LianLian: here the members themselves are signed.',
    step: (members) =>
      md5(JSON.stringify(Object.fromEntries(members.map(({ name, text }) => [name, text])))),
  },
]

/** Which bytes stand for the text. */
export function charsets(): Variation<(text: string) => Uint8Array | undefined>[] {
  const encodeGbk = createGbkEncoder()
  return [
    { says: '', step: (text) => Buffer.from(text, 'utf8') },
    { says: 'The text was signed in GBK: sign it in UTF-8.', step: encodeGbk },
    {
      says: 'The text was signed in ISO 8859-1, which has no Chinese: sign it in UTF-8.',
      step: (text) => Buffer.from(text, 'latin1'),
    },
    {
      says: 'The text was signed in UTF-16: sign it in UTF-8.',
      step: (text) => Buffer.from(text, 'utf16le'),
    },
    {
      says: 'The text was signed in ASCII, with a question mark for every other character: sign it in UTF-8.',
      step: (text) => Buffer.from(text.replaceAll(/[^\0-\x7f]/gu, '?'), 'latin1'),
    },
  ]
}
