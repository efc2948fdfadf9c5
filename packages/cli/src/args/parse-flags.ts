import { parseArgs } from 'node:util'

import { ConfigError } from '@llpay/core'
import { findNearest } from '@llpay/core/adapter'

import type { Flag, Positional } from './flag.ts'

/** The flags that were given. */
export interface GivenFlags {
  /** The arguments that belong to no flag. */
  readonly args: readonly string[]
  /** The value of a flag; `undefined` where it was not given. */
  value(name: string): string | undefined
  /** Every value of a flag that may be repeated. */
  values(name: string): readonly string[]
  /** Whether a switch was given. */
  has(name: string): boolean
}

const usage = (message: string) => new ConfigError('ERR_CONFIG_USAGE', message)

const UNKNOWN = /^Unknown option '(--?[A-Za-z][A-Za-z_-]{0,40})/
const NAMED = /'(?:-[a-z], )?(--[a-z-]{1,40})/

/** Says what is wrong without repeating a value: it may be card data or a key. */
function translate(error: unknown, { flags, help }: Usage): ConfigError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const message = error instanceof Error ? error.message : ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const flag = UNKNOWN.exec(message)?.[1]
    const nearest =
      flag &&
      findNearest(
        flag,
        flags.map(({ name }) => `--${name}`),
      )
    const hint = nearest === undefined || nearest === '' ? '' : ` Did you mean ${nearest}?`
    return usage(`The flag ${flag ?? 'given'} is unknown.${hint} See ${help}.`)
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

/** What may stand behind a command's words, and where that is explained. */
export interface Usage {
  readonly flags: readonly Flag[]
  readonly positionals: readonly Positional[]
  /** The command that shows the help. */
  readonly help: string
}

function checkPositionals(given: readonly string[], { positionals, help }: Usage): void {
  const missing = positionals.slice(given.length).find(({ optional }) => optional !== true)
  if (missing !== undefined) throw usage(`${missing.name} is missing. See ${help}.`)
  if (given.length > positionals.length && positionals.at(-1)?.multiple !== true) {
    throw usage(`There is an argument too many. See ${help}.`)
  }
}

/**
 * Parses what stands behind a command's words, and refuses whatever it does not know.
 *
 * @throws {ConfigError} `ERR_CONFIG_USAGE`.
 */
export function parseFlags(args: readonly string[], usageOf: Usage): GivenFlags {
  const { flags } = usageOf
  const options = Object.fromEntries(
    flags.map(({ name, value }) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: true },
    ]),
  )
  const { given, positionals } = parseStrictly(args, options, usageOf)
  checkPositionals(positionals, usageOf)
  for (const { name, multiple } of flags) {
    if (multiple !== true && (given.get(name)?.length ?? 0) > 1) {
      throw usage(`--${name} is given twice. Give it once.`)
    }
  }
  return {
    args: positionals,
    value: (name) => given.get(name)?.[0],
    values: (name) => given.get(name) ?? [],
    has: (name) => given.has(name),
  }
}

function parseStrictly(
  args: readonly string[],
  options: Record<string, { type: 'boolean' | 'string'; multiple: boolean }>,
  usageOf: Usage,
): { given: Map<string, string[]>; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      strict: true,
      allowPositionals: usageOf.positionals.length > 0,
    })
    const given = new Map(
      Object.entries(values).map(([name, value]) => [name, [value ?? []].flat().map(String)]),
    )
    return { given, positionals }
  } catch (error) {
    throw translate(error, usageOf)
  }
}
