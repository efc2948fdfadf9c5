import { fstatSync, realpathSync, statSync, type BigIntStats } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { ConfigError } from '@llpay/core'

const STDIN_FD = 0
const STDOUT_FD = 1

/** The files that a run reads and writes. */
export interface RunFiles {
  /** The cards; `undefined` for standard input. */
  readonly input: string | undefined
  readonly ledger: string
  /** The file for outcomes; `undefined` for standard output, or none. */
  readonly results: string | undefined
}

const refuse = (message: string) => new ConfigError('ERR_CONFIG_INVALID', message)

const nameOf = ({ dev, ino }: BigIntStats) => `${dev}:${ino}`

/** Names what is behind a path, whichever path that is: links and relative ones lead to the same. */
function identify(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  if (stat !== undefined) return nameOf(stat)
  try {
    return join(realpathSync(dirname(path)), basename(path))
  } catch {
    return path
  }
}

/** Names the file that a standard stream was redirected to. */
function identifyStream(fd: number): string | undefined {
  const stat = fstatSync(fd, { bigint: true })
  return stat.isFile() ? nameOf(stat) : undefined
}

function checkName(flag: string, file: string): void {
  if (file === '') throw refuse(`${flag} is empty. Give the name of a file.`)
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw refuse(`${flag} names a folder. Give the name of a file.`)
  }
}

/**
 * Refuses a run that would write into a file that it reads, or into one file for two purposes.
 * Nothing is written before this.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function checkFiles({ input, ledger, results }: RunFiles): void {
  checkName('--ledger', ledger)
  if (results !== undefined) checkName('--results', results)
  const kind = statSync(ledger, { throwIfNoEntry: false })
  if (kind !== undefined && !kind.isFile()) {
    throw refuse('--ledger names a pipe or a device. Give the name of a file.')
  }
  const output = results === undefined ? 'standard output' : '--results'
  const files: readonly (readonly [string, string | undefined])[] = [
    ['the file with the cards', input === undefined ? identifyStream(STDIN_FD) : identify(input)],
    ['--ledger', identify(ledger)],
    ["the ledger's key", identify(`${ledger}.key`)],
    ["the ledger's lock", identify(`${ledger}.lock`)],
    [output, results === undefined ? identifyStream(STDOUT_FD) : identify(results)],
  ]
  const seen = new Map<string, string>()
  for (const [name, identity] of files) {
    if (identity === undefined) continue
    const other = seen.get(identity)
    if (other !== undefined) {
      throw refuse(
        `${other} and ${name} are the same file. Nothing was written. Give another name.`,
      )
    }
    seen.set(identity, name)
  }
}
