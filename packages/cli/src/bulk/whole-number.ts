import { t } from '../output/language.ts'
import { invalidError } from '../program/errors.ts'
import type { GivenFlags } from '../program/parse-flags.ts'

const WHOLE = /^[1-9][0-9]{0,8}$/

/**
 * Reads a whole number from a flag.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function wholeNumber(
  flags: GivenFlags,
  name: string,
  usual: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const text = flags.value(name)
  if (text === undefined) return usual
  if (WHOLE.test(text) && Number(text) <= most) return Number(text)
  const limit = most === Number.MAX_SAFE_INTEGER ? '' : ` up to ${most}`
  throw invalidError(
    'bulk.whole-number',
    t(
      `--${name} takes a whole number from 1${limit}.`,
      `--${name} 需要从 1 开始的整数${most === Number.MAX_SAFE_INTEGER ? '' : `，最大 ${most}`}。`,
    ),
  )
}
