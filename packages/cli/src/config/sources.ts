import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'

import { ConfigError } from '@llpay/core'

import { t, type Phrase } from '../output/language.ts'
import { errorText, invalidError } from '../program/errors.ts'
import { STDIN, systemCode } from './files.ts'

/** The variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A variable; one that is set to nothing counts as not set. */
export function readVariable(env: Environment, name: string): string | undefined {
  return env[name] === '' ? undefined : env[name]
}

const QUOTED = /^(["'])(.*)\1$/

/**
 * A variable that holds a number, a URL or a name, without what an environment file may have left
 * around it: quotes, blanks and a carriage return, which cannot be meant there.
 */
export function readPlainVariable(env: Environment, name: string): string | undefined {
  const value = readVariable(env, name)?.trim()
  const plain = QUOTED.exec(value ?? '')?.[2]?.trim() ?? value
  return plain === '' ? undefined : plain
}

/** Where a value was given: what to call it, and its text or the file that holds it. */
export type Source =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly file: string }

/** The same name in Chinese; a flag or a variable is called by its own name. */
export const nameInChinese = (name: string): string => name.replace(/^profile /, '配置档 ')

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
      errorText(
        'config.variable-twice',
        t(`Both ${name} and ${name}_FILE are set.`, `${name} 与 ${name}_FILE 同时设置了。`),
        t('Unset one of them.', '取消其中一个。'),
      ),
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
      errorText(
        'config.stdin-twice',
        t(
          `${readers.join(' and ')} both read standard input, which can be read once.`,
          `${readers.join(' 与 ')} 都要读标准输入，而它只能读一次。`,
        ),
        t('Put one into a file.', '把其中一个放进文件。'),
      ),
    )
  }
}

const WHOLE_PATH = t('Write the whole path.', '请写完整路径。')

/** What only a shell or an environment file understands in the name of a file, and what to do. */
const ODD_NAMES: readonly (readonly [RegExp, Phrase, Phrase])[] = [
  [
    /-----BEGIN|^MI[A-Za-z0-9+/=\s]{100}/,
    t('is a key', '是一个密钥'),
    t('Give the name of the file that holds it.', '请给出存放它的文件名。'),
  ],
  [
    /\r/,
    t(
      'has a carriage return, the Windows line end of an environment file',
      '带回车符，来自环境文件的 Windows 换行',
    ),
    t('Remove it.', '请去掉它。'),
  ],
  [
    /^\s*["']|["']\s*$/,
    t('is in quotes, which are part of the name here', '带引号，而引号在这里属于文件名'),
    t('Remove the quotes.', '请去掉引号。'),
  ],
  [
    /^\s*~/,
    t('begins with ~, which only a shell expands', '以 ~ 开头，只有 shell 会展开它'),
    WHOLE_PATH,
  ],
  [
    /\$|^\s*%\w+%/,
    t(
      'names a variable ($ or %), which only a shell expands',
      '含变量（$ 或 %），只有 shell 会展开它',
    ),
    WHOLE_PATH,
  ],
  [/^\s|\s$/, t('begins or ends with a blank', '首尾有空格'), t('Remove it.', '请去掉它。')],
]

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
    throw unreadable(source, systemCode(error) ?? 'unreadable')
  }
}

function unreadable({ name, file }: { name: string; file: string }, code: string): ConfigError {
  const odd = ODD_NAMES.find(([pattern]) => pattern.test(file))
  if (odd === undefined) {
    return invalidError(
      'config.file-unreadable',
      t(
        `The file given with ${name} cannot be read (${code}).`,
        `无法读取 ${nameInChinese(name)} 给出的文件（${code}）。`,
      ),
      name === '--params'
        ? t(
            'It takes the name of a file, or - for standard input, never the JSON itself.',
            '请给出文件名，或用 - 表示标准输入；不要直接给出 JSON。',
          )
        : t(
            'It takes the name of a file, or - for standard input, never the key itself.',
            '请给出文件名，或用 - 表示标准输入；不要直接给出密钥。',
          ),
    )
  }
  const [, why, fix] = odd
  return invalidError(
    'config.file-name-odd',
    t(
      `The file given with ${name} cannot be read: its name ${why.en}.`,
      `无法读取 ${nameInChinese(name)} 给出的文件：文件名${why.zh}。`,
    ),
    fix,
  )
}

const OTHERS = 0o007
const GROUP_AND_OTHERS = 0o077

/** A name as a shell takes it. */
const quoted = (file: string) =>
  /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`

/**
 * Whether a file is open to more than its owner, where the platform has permissions. A file of root's
 * that a group may read is how secrets are mounted for a program that is not root.
 */
export function isShared(file: string): boolean {
  const { getuid } = process
  const stat = statSync(file, { throwIfNoEntry: false })
  if (getuid === undefined || stat?.isFile() !== true) return false
  const isMounted = stat.uid === 0 && getuid() !== 0
  return (stat.mode & (isMounted ? OTHERS : GROUP_AND_OTHERS)) !== 0
}

/** The command after which only the owner can read a file. */
export const fixMode = (file: string) => `chmod 600 ${quoted(file)}`

/**
 * Reads a private key from where it was given, unless its file is open to others.
 *
 * @throws {ConfigError} `ERR_CONFIG_INSECURE`, `ERR_CONFIG_INVALID`.
 */
export function readPrivateSource(source: Source): string | Uint8Array {
  if ('file' in source && source.file !== STDIN && isShared(source.file)) {
    const fix = fixMode(source.file)
    throw new ConfigError(
      'ERR_CONFIG_INSECURE',
      errorText(
        'config.key-file-shared',
        t(
          `The private key's file, given with ${source.name}, is open to other users of this machine.`,
          `${nameInChinese(source.name)} 给出的私钥文件可被本机其他用户读取。`,
        ),
        t(
          `Close it: ${fix}. Where it must stay as it is, as in a mounted volume, give it on standard input: --private-key - < FILE`,
          `收紧权限：${fix}。若文件必须保持原样（如挂载卷），改从标准输入给出：--private-key - < FILE`,
        ),
      ),
    )
  }
  return readSource(source)
}
