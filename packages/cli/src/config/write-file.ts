import { writeFileSync } from 'node:fs'

import { ConfigError } from '@llpay/core'

import { systemCode } from '../system-code.ts'

const OWNER_ONLY = 0o600
const EVERYBODY = 0o644

/**
 * Writes a new file; one that is there stays as it is.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function writeNewFile(
  file: string,
  content: string | Uint8Array,
  { isSecret }: { readonly isSecret: boolean },
): void {
  try {
    writeFileSync(file, content, { mode: isSecret ? OWNER_ONLY : EVERYBODY, flag: 'wx' })
  } catch (error) {
    const code = systemCode(error) ?? 'unwritable'
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      code === 'EEXIST'
        ? 'The file is there already, and is left as it is. Give another name.'
        : `The file cannot be written (${code}).`,
    )
  }
}
