import { ConfigError } from '@llpay/core'

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
  throw new ConfigError('ERR_CONFIG_INVALID', `--${name} takes a whole number from 1${limit}.`)
}
