import { readFileSync, writeFileSync } from 'node:fs'

import type { ConfigError } from '@llpay/core'

import { t, type Phrase } from '../output/language.ts'
import { invalidError } from '../program/errors.ts'

const STDIN_FD = 0
const OWNER_ONLY = 0o600
const EVERYBODY = 0o644

/** Stands for standard input where a file is read, and for standard output where one is written. */
export const STDIN = '-'

/** The code of an error of the platform, such as ENOENT; `undefined` where it has none. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined

const NAME = t(
  'Give the name of a file, or - for standard input.',
  '请给出文件名，或用 - 表示标准输入。',
)

/** The error for what cannot be read. */
export function unreadable(
  error: unknown,
  { reason, what, hint = NAME }: { reason: string; what: Phrase; hint?: Phrase },
): ConfigError {
  const code = systemCode(error) ?? 'unreadable'
  const text = t(`${what.en} cannot be read (${code}).`, `无法读取${what.zh}（${code}）。`)
  return invalidError(reason, text, hint)
}

/**
 * Reads a file that an argument names; `-` is standard input.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function readFile(file: string, what: Phrase): Uint8Array {
  try {
    return readFileSync(file === STDIN ? STDIN_FD : file)
  } catch (error) {
    throw unreadable(error, { reason: 'file.unreadable', what })
  }
}

/**
 * Writes a new file; one that is there stays as it is.
 *
 * @param name what to call the file in an error: the flag or argument that named it.
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function writeNewFile(
  file: string,
  content: string | Uint8Array,
  { isSecret, name }: { readonly isSecret: boolean; readonly name: string },
): void {
  try {
    writeFileSync(file, content, { mode: isSecret ? OWNER_ONLY : EVERYBODY, flag: 'wx' })
  } catch (error) {
    const code = systemCode(error) ?? 'unwritable'
    throw code === 'EEXIST'
      ? invalidError(
          'file.exists',
          t(
            `${name}: the file exists already, and is left as it is.`,
            `${name}：文件已存在，未作改动。`,
          ),
          t('Give another name.', '请换一个文件名。'),
        )
      : invalidError(
          'file.unwritable',
          t(`${name}: the file cannot be written (${code}).`, `${name}：无法写入文件（${code}）。`),
          t('Check the folder and its permissions.', '请检查文件夹及其权限。'),
        )
  }
}
