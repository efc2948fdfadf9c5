import { parseArgs } from 'node:util'

import type { ConfigError } from '@llpay/core'
import { findNearest } from '@llpay/core/adapter'

import { t } from '../output/language.ts'
import { usageError } from './errors.ts'
import type { Flag, Positional } from './flags.ts'

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

/** What may stand behind a command's words, and where that is explained. */
export interface Usage {
  readonly flags: readonly Flag[]
  readonly positionals: readonly Positional[]
  /** The command that shows the help. */
  readonly help: string
}

const see = ({ help }: Usage) => t(`See ${help}.`, `用法见 ${help}。`)

const UNKNOWN = /^Unknown option '(--?[A-Za-z][A-Za-z_-]{0,40})/
const NAMED = /'(?:-[a-z], )?(--[a-z-]{1,40})/

function unknownFlag(message: string, usage: Usage): ConfigError {
  const flag = UNKNOWN.exec(message)?.[1]
  const names = usage.flags.map(({ name }) => `--${name}`)
  const nearest = flag && findNearest(flag, names)
  const hint = see(usage)
  return usageError(
    'usage.unknown-flag',
    flag === undefined
      ? t('A flag that was given is unknown.', '有一个选项无法识别。')
      : t(`The flag ${flag} is unknown.`, `没有 ${flag} 这个选项。`),
    nearest === undefined || nearest === ''
      ? hint
      : t(`Did you mean ${nearest}? ${hint.en}`, `是否要用 ${nearest}？${hint.zh}`),
  )
}

/** Says what is wrong without repeating a value: it may be card data or a key. */
function translate(error: unknown, usage: Usage): ConfigError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const message = error instanceof Error ? error.message : ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return unknownFlag(message, usage)
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    const name = NAMED.exec(message)?.[1]
    return message.includes('does not take')
      ? usageError(
          'usage.switch-with-value',
          t(`${name ?? 'A flag'} takes no value.`, `${name ?? '该选项'} 不带值。`),
          see(usage),
        )
      : usageError(
          'usage.value-missing',
          t(`${name ?? 'A flag'} needs a value.`, `${name ?? '该选项'} 缺少值。`),
          t(
            `Write one that begins with a dash as ${name ?? '--flag'}=-x. ${see(usage).en}`,
            `以短横线开头的值请写成 ${name ?? '--flag'}=-x。${see(usage).zh}`,
          ),
        )
  }
  return tooMany(usage)
}

const tooMany = (usage: Usage) =>
  usageError(
    'usage.unexpected-argument',
    usage.positionals.length === 0
      ? t('Unexpected argument: this command takes none.', '多余的参数：该命令不带参数。')
      : t(
          `Unexpected argument: this command takes ${usage.positionals.map(({ name }) => name).join(' ')} only.`,
          `多余的参数：该命令只接受 ${usage.positionals.map(({ name }) => name).join(' ')}。`,
        ),
    see(usage),
  )

function checkPositionals(given: readonly string[], usage: Usage): void {
  const { positionals } = usage
  const missing = positionals.slice(given.length).filter(({ optional }) => optional !== true)
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name)
    throw usageError(
      'usage.argument-missing',
      t(
        `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} missing.`,
        `缺少 ${names.join('、')}。`,
      ),
      see(usage),
    )
  }
  if (given.length > positionals.length && positionals.at(-1)?.multiple !== true)
    throw tooMany(usage)
}

/**
 * Parses what stands behind a command's words, and refuses whatever it does not know.
 *
 * @throws {ConfigError} `ERR_CONFIG_USAGE`.
 */
export function parseFlags(args: readonly string[], usage: Usage): GivenFlags {
  const { given, positionals } = parseStrictly(args, usage)
  for (const { name, multiple } of usage.flags) {
    if (multiple !== true && (given.get(name)?.length ?? 0) > 1) {
      throw usageError(
        'usage.flag-twice',
        t(`--${name} is given twice.`, `--${name} 给出了两次。`),
        t('Give it once.', '只给一次。'),
      )
    }
  }
  checkPositionals(positionals, usage)
  return {
    args: positionals,
    value: (name) => given.get(name)?.[0],
    values: (name) => given.get(name) ?? [],
    has: (name) => given.has(name),
  }
}

function parseStrictly(
  args: readonly string[],
  usage: Usage,
): { given: Map<string, string[]>; positionals: string[] } {
  const options = Object.fromEntries(
    usage.flags.map(({ name, value }) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: true },
    ]),
  )
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      strict: true,
      allowPositionals: true,
    })
    const given = new Map(
      Object.entries(values).map(([name, value]) => [name, [value ?? []].flat().map(String)]),
    )
    return { given, positionals }
  } catch (error) {
    throw translate(error, usage)
  }
}
