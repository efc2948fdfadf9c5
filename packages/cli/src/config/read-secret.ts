import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'

import { ConfigError } from '@llpay/core'

import { systemCode } from '../system-code.ts'
import { readVariable, type Environment } from './environment.ts'

/** Where a value was given: what to call it, and its text or the file that holds it. */
export type Source =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly file: string }

/** Stands for standard input where a file is named. */
export const STDIN = '-'
const STDIN_FD = 0
/** A key in DER begins with this byte; text that is a key never does (it would be the digit 0). */
const DER_SEQUENCE = 0x30

/** The key that the environment gives, as a value or as a file. */
export function sourceFromEnvironment(env: Environment, name: string): Source | undefined {
  const text = readVariable(env, name)
  const file = readVariable(env, `${name}_FILE`)
  if (text !== undefined && file !== undefined) {
    throw new ConfigError(
      'ERR_CONFIG_CONFLICT',
      `Both ${name} and ${name}_FILE are set. Unset one of them.`,
    )
  }
  if (file !== undefined) return { name: `${name}_FILE`, file }
  return text === undefined ? undefined : { name, text }
}

/** Refuses to read standard input for two things at once. */
export function refuseStdinTwice(sources: readonly (Source | undefined)[]): void {
  const readers = sources.flatMap((source) =>
    source !== undefined && 'file' in source && source.file === STDIN ? [source.name] : [],
  )
  if (readers.length > 1) {
    throw new ConfigError(
      'ERR_CONFIG_CONFLICT',
      `${readers.join(' and ')} both read standard input, which can be read once. Put one into a file.`,
    )
  }
}

/** What only a shell or an environment file understands in the name of a file, and what to do. */
const ODD_NAMES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN|^MI[A-Za-z0-9+/=\s]{100}/, 'is a key. Give the name of the file that holds it.'],
  [/\r/, 'has a carriage return, the Windows line end of an environment file. Remove it.'],
  [/^\s*["']|["']\s*$/, 'is in quotes, which are part of the name here. Remove the quotes.'],
  [/^\s*~/, 'begins with ~, which only a shell expands. Write the whole path.'],
  [/\$|^\s*%\w+%/, 'names a variable ($ or %), which only a shell expands. Write the whole path.'],
  [/^\s|\s$/, 'begins or ends with a blank. Remove it.'],
]

const oddName = (file: string) => ODD_NAMES.find(([pattern]) => pattern.test(file))?.[1]

/**
 * Reads a key from where it was given.
 *
 * The file's name is not repeated in the error: people paste keys where a name belongs.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function readSource(source: Source): string | Uint8Array {
  if ('text' in source) return source.text
  try {
    const bytes = readFileSync(source.file === STDIN ? STDIN_FD : source.file)
    return bytes[0] === DER_SEQUENCE || !isUtf8(bytes) ? bytes : bytes.toString()
  } catch (error) {
    const code = systemCode(error) ?? 'unreadable'
    const why = oddName(source.file)
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      why === undefined
        ? `The file given with ${source.name} cannot be read (${code}). It takes the name of a file, or - for standard input, never the key itself.`
        : `The file given with ${source.name} cannot be read: its name ${why}`,
    )
  }
}
