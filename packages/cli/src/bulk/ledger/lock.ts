import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

import { ConfigError } from '@llpay/core'

import { systemCode } from '../../system-code.ts'
import { isRunning, markOf, pidOf } from './process-mark.ts'

const OWNER_ONLY = 0o600

/** A file that one process holds. */
export interface Lock {
  readonly release: () => void
}

const codeOf = (error: unknown) => systemCode(error) ?? 'unwritable'

function tryCreate(file: string): boolean {
  try {
    writeFileSync(file, `${markOf(process.pid)}\n`, { flag: 'wx', mode: OWNER_ONLY })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      `No file can be made beside the ledger (${codeOf(error)}). Give --ledger FILE in a folder that can be written.`,
    )
  }
}

/** Takes away what a process that is gone has left; of two that try, one finds it. */
function clear(file: string): void {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    rmSync(aside)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

/** What the lock says of its holder. */
function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd()
  } catch {
    return ''
  }
}

/**
 * Makes sure that one run at a time works on a ledger.
 *
 * @throws {ConfigError} `ERR_CONFIG_CONFLICT` where another one does.
 */
export function takeLock(file: string): Lock {
  const release = () => rmSync(file, { force: true })
  if (tryCreate(file)) return { release }
  const holder = readHolder(file)
  if (pidOf(holder) > 0 && !isRunning(holder)) {
    clear(file)
    if (tryCreate(file)) return { release }
  }
  throw new ConfigError(
    'ERR_CONFIG_CONFLICT',
    `Another run (process ${pidOf(holder)}) works on this ledger. Wait for it, or interrupt it. If there is none, remove the file with the ledger's name and .lock behind it.`,
  )
}
