import { fstatSync, realpathSync, statSync, type BigIntStats } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { t, type Phrase } from '../../output/language.ts'
import { invalidError } from '../../program/errors.ts'

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

const NAME = t('Give the name of a file.', '请给出文件名。')

const refuse = (text: Phrase, hint: Phrase = NAME) => invalidError('bulk.file-name', text, hint)

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
  if (file === '') throw refuse(t(`${flag} is empty.`, `${flag} 为空。`))
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw refuse(t(`${flag} names a folder.`, `${flag} 是一个目录。`))
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
    throw refuse(t('--ledger names a pipe or a device.', '--ledger 是管道或设备。'))
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
        t(
          `${other} and ${name} are the same file. Nothing was written.`,
          `${other} 与 ${name} 是同一个文件，未写入任何内容。`,
        ),
        t('Give another name.', '请换一个文件名。'),
      )
    }
    seen.set(identity, name)
  }
}
