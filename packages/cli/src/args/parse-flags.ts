import { parseArgs } from 'node:util'

import { ConfigError } from '@llpay/core'

import type { Flag } from './flag.ts'

/** The flags that were given. */
export interface GivenFlags {
  /** The value of a flag; `undefined` where it was not given. */
  value(name: string): string | undefined
  /** Every value of a flag that may be repeated. */
  values(name: string): readonly string[]
  /** Whether a switch was given. */
  has(name: string): boolean
}

const usage = (message: string) => new ConfigError('ERR_CONFIG_USAGE', message)

const UNKNOWN = /^Unknown option '(--?[A-Za-z][A-Za-z-]{0,40})/
const NAMED = /'(?:-[a-z], )?(--[a-z-]{1,40})/

/** Says what is wrong without repeating a value: it may be card data or a key. */
function translate(error: unknown, help: string): ConfigError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const message = error instanceof Error ? error.message : ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    return usage(`The flag ${UNKNOWN.exec(message)?.[1] ?? 'given'} is unknown. See ${help}.`)
  }
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    const name = NAMED.exec(message)?.[1] ?? 'A flag'
    return usage(
      message.includes('does not take')
        ? `${name} takes no value. See ${help}.`
        : `${name} needs a value; one that begins with a dash is written ${name}=-x. See ${help}.`,
    )
  }
  return usage(`There is an argument that belongs to no flag. See ${help}.`)
}

/**
 * Parses the flags behind a command's words, and refuses whatever it does not know.
 *
 * @throws {ConfigError} `ERR_CONFIG_USAGE`.
 */
export function parseFlags(
  args: readonly string[],
  flags: readonly Flag[],
  help: string,
): GivenFlags {
  const options = Object.fromEntries(
    flags.map(({ name, value }) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: true },
    ]),
  )
  const given = parseStrictly(args, options, help)
  for (const { name, multiple } of flags) {
    if (multiple !== true && (given.get(name)?.length ?? 0) > 1) {
      throw usage(`--${name} is given twice. Give it once.`)
    }
  }
  return {
    value: (name) => given.get(name)?.[0],
    values: (name) => given.get(name) ?? [],
    has: (name) => given.has(name),
  }
}

function parseStrictly(
  args: readonly string[],
  options: Record<string, { type: 'boolean' | 'string'; multiple: boolean }>,
  help: string,
): Map<string, string[]> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options,
      strict: true,
      allowPositionals: false,
    })
    return new Map(
      Object.entries(values).map(([name, value]) => [name, [value ?? []].flat().map(String)]),
    )
  } catch (error) {
    throw translate(error, help)
  }
}
