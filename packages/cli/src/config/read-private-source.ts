import { statSync } from 'node:fs'

import { ConfigError } from '@llpay/core'

import { readSource, STDIN, type Source } from './read-secret.ts'

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
export const mendMode = (file: string) => `chmod 600 ${quoted(file)}`

/**
 * Reads a private key from where it was given, unless its file is open to others.
 *
 * @throws {ConfigError} `ERR_CONFIG_INSECURE`, `ERR_CONFIG_INVALID`.
 */
export function readPrivateSource(source: Source): string | Uint8Array {
  if ('file' in source && source.file !== STDIN && isShared(source.file)) {
    throw new ConfigError(
      'ERR_CONFIG_INSECURE',
      `The private key's file, given with ${source.name}, is open to other users of this machine. Close it: ${mendMode(source.file)}. Where it must stay as it is, as in a mounted volume, give it on standard input: --private-key - < FILE`,
    )
  }
  return readSource(source)
}
