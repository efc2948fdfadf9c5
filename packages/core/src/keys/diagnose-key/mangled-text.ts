import { nameCharacter } from '../../text.ts'
import type { KeyUse } from '../pem.ts'
import { explainJson } from './wrong-value.ts'

/** The text of a key that cannot be read. */
export interface KeyInput {
  readonly text: string
  /** What the key is wanted for, where that is known. */
  readonly use: KeyUse | undefined
}

/** What can be told of a text, and what to do about it; `undefined` where it is something else. */
type Cause = (text: string, input: KeyInput) => string | undefined

const when =
  (pattern: RegExp, says: string): Cause =>
  (text) =>
    pattern.test(text) ? says : undefined

const COPY_AGAIN = 'Copy it again from where it was made.'

// Blanks, line ends and a byte order mark at the start are read; these are not, or break the header.
const INVISIBLE =
  /[\u00A0\u00AD\u1680\u180E\u2000-\u200F\u2028-\u202F\u205F-\u2064\u3000]|\uFE0F|(?<!^)\uFEFF/

function nameInvisible(text: string): string | undefined {
  const [found] = INVISIBLE.exec(text) ?? []
  if (found === undefined) return undefined
  return `The key holds an invisible character, ${nameCharacter(found).en}, as web pages and chats put in. Delete it, or write a blank in its place where the header needs one.`
}

const isFileName = (text: string) =>
  text.length < 1024 &&
  !/[\r\n]/.test(text) &&
  ((text.length < 100 && /^[\w.@-]+(?:[\\/][\w.@-]+)+$/.test(text)) ||
    /^["']?(?:file:|~|\$|%\w+%|\.{0,2}[\\/]|[A-Za-z]:[\\/])/.test(text) ||
    /\.(?:pem|key|pub|der|p8|pk8|p12|pfx|jks|crt|cer|cert|txt|json|xml|env)["']?$/i.test(text))

function nameFile(text: string, { use }: KeyInput): string | undefined {
  if (!isFileName(text.trim())) return undefined
  const variable = { private: 'LLPAY_PRIVATE_KEY_FILE', public: 'LLPAY_GATEWAY_KEY_FILE' }
  const name = use === undefined ? `${variable.private} or ${variable.public}` : variable[use]
  return `This is the name of a file, not a key. Read the file and give its contents; for the command line, use ${name} in place of the variable that takes the key itself.`
}

/** Causes in the order in which they are looked for. */
const CAUSES: readonly Cause[] = [
  when(
    /^\uFEFF?0[\s\S]{0,3}[\u0080-\uFFFF]/,
    'The key is binary (DER) that was read as text, which lost some of it. Read the file as bytes: readFileSync(file) without an encoding.',
  ),
  explainJson,
  when(
    /%(?:2B|2F|3D|0A|0D|20)/i,
    'The key is URL-encoded. Decode it, or copy it from where it was made.',
  ),
  when(
    /(?:^|[^-])(?:-{1,4}|-{6,}|[\u2010-\u2015\u2212\uFF0D]+)\s*(?:BEGIN|END)[ \u00A0]|^\s*BEGIN [A-Z0-9 ]*KEY|(?:BEGIN|END) [A-Z0-9 ]+(?:-{1,4}|-{6,}|[\u2010-\u2015\u2212\uFF0D]+)(?!-)/,
    'The header or the END line of the key does not have five hyphens on each side: a word processor or a careless copy changed them. Write -----BEGIN and -----END with five.',
  ),
  nameInvisible,
  when(
    /\\\\n/,
    String.raw`The line ends of the key are escaped twice, as \\n. Escape them once, or write them as line ends.`,
  ),
  when(
    /-----\s*\/n|\/n\s*-----/,
    String.raw`The line ends of the key are written as /n. Write them as \n, or as line ends.`,
  ),
  when(
    /-----\s*n(?=[A-Za-z0-9+/])|(?<!\\)n-----END/,
    String.raw`The line ends of the key are written as the letter n: the backslash of \n was lost, as in a shell without quotes. ${COPY_AGAIN}`,
  ),
  when(
    /-----\s*\\(?!n)|\\\s*-----END|\\\r?\n/,
    String.raw`The line ends of the key are written as a backslash: the n of \n was lost, or the lines were joined for a shell. Write them as \n, or as line ends.`,
  ),
  when(
    /^[0-9a-f\s:]{60,}$/i,
    'The key is written in hexadecimal; one of 64 digits is for SM2, not for RSA. Make DER of it: xxd -r -p FILE > COPY',
  ),
  when(
    /^\s*(?:export\s+|set\s+)?[A-Za-z_]\w{0,63}\s*=\s*["'\w/+-]/,
    'This is a line that sets a variable. Give only the value after its =.',
  ),
  nameFile,
  when(
    /^\s*MI[A-Za-z0-9+/=_\-\s]{60,}$/,
    'The key looks like base64, but is cut off or has padding (=) in the wrong place. Copy it whole, from the first character to the last.',
  ),
]

/** What was done to the text of a key that cannot be read, and how to undo it. */
export function explainMangled(input: KeyInput): string | undefined {
  for (const cause of CAUSES) {
    const says = cause(input.text, input)
    if (says !== undefined) return says
  }
  return undefined
}
