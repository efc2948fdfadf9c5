import { readFileSync } from 'node:fs'

import { ConfigError } from '@llpay/core'

import { systemCode } from '../system-code.ts'

const STDIN_FD = 0

/**
 * Reads a file that an argument names; `-` is standard input.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function readFile(file: string, what: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? STDIN_FD : file)
  } catch (error) {
    const code = systemCode(error) ?? 'unreadable'
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      `${what} cannot be read (${code}). Give the name of a file, or - for standard input.`,
    )
  }
}
