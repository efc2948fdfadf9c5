/** What a terminal acts on when it is pasted, even in quotes, and what nobody sees. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** Has the shell build a character from its bytes, within a text in single quotes. */
function printCharacter(character: string): string {
  if (character === '\n' || character === '\t') return character
  const bytes = Array.from(new TextEncoder().encode(character), (byte) =>
    byte.toString(8).padStart(3, '0'),
  )
  return `'"$(printf '\\${bytes.join('\\')}')"'`
}

/** Quotes a text for a POSIX shell; plain words stay as they are. */
export function quoteShell(text: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(text)
    ? text
    : `'${text.replaceAll("'", String.raw`'\''`).replaceAll(HIDDEN, printCharacter)}'`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': String.raw`\\`,
  "'": String.raw`\'`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
}

/**
 * Quotes a text for TypeScript. Characters that nobody would see are escaped, so that what is pasted
 * looks like what it is.
 */
export function quoteScript(text: string): string {
  const escaped = text.replaceAll(
    /[\\'\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u00a0\u2000-\u200a\u3000]/gu,
    (character) =>
      ESCAPES[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  )
  return `'${escaped}'`
}

const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/

/** Writes members as an object of TypeScript, on one line where it is short. */
export function writeObject(members: Readonly<Record<string, string>>, indent = ''): string {
  const fields = Object.entries(members).map(
    ([name, value]) => `${IDENTIFIER.test(name) ? name : quoteScript(name)}: ${quoteScript(value)}`,
  )
  const line = `{ ${fields.join(', ')} }`
  if (fields.length === 0) return '{}'
  return line.length + indent.length < 90
    ? line
    : `{\n${fields.map((field) => `${indent}  ${field},\n`).join('')}${indent}}`
}

/** Writes variables as shell exports. */
export function writeExports(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `export ${name}=${quoteShell(value)}`)
    .join('\n')
}

/** Writes variables as assignments in front of one command. */
export function writeAssignments(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}=${quoteShell(value)} \\\n`)
    .join('')
}
