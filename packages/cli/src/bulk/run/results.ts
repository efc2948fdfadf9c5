import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, statSync } from 'node:fs'

import { ConfigError } from '@llpay/core'

import { systemCode } from '../../config/files.ts'
import { t } from '../../output/language.ts'
import { invalidError } from '../../program/errors.ts'
import { realDisk, type Disk } from '../ledger/disk.ts'
import { JobTable } from '../ledger/job-table.ts'
import { OUTCOMES, type OutcomeRecord, readEntries, readLines } from '../ledger/records.ts'
import { LineBatches, writerTo } from '../write-lines.ts'

/** How a result begins; in it, `0` stands for any digit and `f` for any hexadecimal one. */
const BEGINNING = `{"at":"0000-00-00T00:00:00.000Z","job":"${'f'.repeat(64)}","line":`
const TIME = BEGINNING.indexOf(',')
const JOB = BEGINNING.indexOf('f')

/** An outcome as it is reported: a line of JSON. */
export function toResultLine({ at, ...record }: OutcomeRecord): string {
  return `${JSON.stringify({ at: new Date(at).toISOString(), ...record, event: undefined })}\n`
}

const nameFrom = (job: string, at: string, outcome: string): string =>
  createHash('sha256').update(`${job} ${at} ${outcome}`).digest('hex')

/** Names an outcome of the ledger, so that it is found again in a file of results. */
const nameOf = ({ job, at, outcome }: OutcomeRecord): string =>
  nameFrom(job, new Date(at).toISOString(), outcome)

/** The name of the outcome that a line tells; `undefined` for a line that tells none. */
function readResultLine(text: string): string | undefined {
  try {
    const { job, at, outcome }: Record<string, unknown> = JSON.parse(text)
    const isResult =
      typeof job === 'string' && typeof at === 'string' && OUTCOMES.some((each) => each === outcome)
    return isResult ? nameFrom(job, at, String(outcome)) : undefined
  } catch {
    return undefined
  }
}

/** Whether a text without a line end is what is left of a result that was being written. */
function isTornResult(text: string): boolean {
  const time = text.slice(0, TIME).replaceAll(/[0-9]/g, '0')
  const job = text.slice(JOB, BEGINNING.length)
  const shape = job.replace(/^[0-9a-f]*/, (digits) => 'f'.repeat(digits.length))
  return BEGINNING.startsWith(time + text.slice(TIME, JOB) + shape) || /^\0*$/.test(text)
}

const STDOUT_FD = 1
const TOLD = 1
/** How a process on Linux reads the file that its standard output goes to. */
const STDOUT_FILE = '/proc/self/fd/1'

/** Where outcomes are reported, a line of JSON each. */
export interface Results {
  /** Tells an outcome; `false` where nobody listens any more. */
  tell(record: OutcomeRecord): Promise<boolean>
}

/** Where `--json` leaves standard output to the summary. */
export const noResults: Results = { tell: async () => true }

export interface ResultsParts {
  /** The file that the user named; standard output else. */
  readonly file: string | undefined
  readonly ledgerFile: string
  /** Called before every write; what it throws ends the writing. */
  readonly check?: () => void
  readonly disk?: Disk
}

/** Tells outcomes as lines of a file or a pipe, until its reader leaves. */
function tellTo(write: (lines: string) => Promise<void>, check: () => void): Results {
  const batches = new LineBatches(async (lines) => {
    check()
    await write(lines)
  })
  return {
    async tell(record) {
      try {
        await batches.add(toResultLine(record))
        return true
      } catch (error) {
        if (systemCode(error) === 'EPIPE') return false
        throw error
      }
    },
  }
}

const refuse = (why: string) =>
  invalidError(
    'bulk.results-file',
    t(
      `The file given with --results ${why}. It was left as it was.`,
      `--results 指定的文件无法使用（${why}），未作改动。`,
    ),
    t(
      'Give the name of a new file, or of the results of an earlier run.',
      '请给出新文件名，或此前运行的结果文件。',
    ),
  )

/** What a file of results holds. */
interface Told {
  /** Which outcomes are in it, by name. */
  readonly names: JobTable
  /** Where its last whole line ends. */
  readonly end: number
  /** What stands behind it. */
  readonly rest: string
  /** Whether that is a result that only lacks the end of its line. */
  readonly isWhole: boolean
}

/** @param onForeign called for a line, or the rest of one, that is not a result. */
function readTold(disk: Disk, file: string, onForeign: (why: string) => void): Told {
  const names = new JobTable()
  let [end, line] = [0, 0]
  for (const whole of readLines(disk, file)) {
    ;({ end } = whole)
    line += 1
    const name = readResultLine(whole.text)
    if (name === undefined) onForeign(`is not a results file: line ${line} is not a result`)
    else names.set(name, TOLD)
  }
  const opened = disk.open(file, 'read')
  const rest = Buffer.from(opened.read(end, opened.size() - end)).toString('utf8')
  opened.close()
  if (!isTornResult(rest)) onForeign('is not a results file: its last line is not a result')
  const last = readResultLine(rest)
  if (last !== undefined) names.set(last, TOLD)
  return { names, end, rest, isWhole: last !== undefined }
}

/** Tells what a ledger has and a file of results lacks. */
async function catchUp(results: Results, { names }: Told, parts: Required<ResultsParts>) {
  for (const { entry } of readEntries(parts.disk, parts.ledgerFile)) {
    if (!('event' in entry) || entry.event !== 'outcome') continue
    const name = nameOf(entry)
    if (names.get(name) === TOLD) continue
    names.set(name, TOLD)
    await results.tell(entry)
  }
}

/** Opens the file that the user named. */
async function openNamed(file: string, parts: Required<ResultsParts>): Promise<Results> {
  const { disk, check } = parts
  const told =
    disk.size(file) === undefined
      ? { names: new JobTable(), end: 0, rest: '', isWhole: false }
      : readTold(disk, file, (why) => {
          throw refuse(why)
        })
  const opened = disk.open(file, 'append')
  if (told.isWhole) opened.append('\n')
  else if (told.rest !== '') opened.truncate(told.end)
  const results = tellTo(async (lines) => opened.append(lines), check)
  await catchUp(results, told, parts)
  return results
}

function canRead(file: string): boolean {
  try {
    closeSync(openSync(file, 'r'))
    return true
  } catch {
    return false
  }
}

/** Opens standard output. Where that is a file, others may have written to it as well. */
async function openStdout(parts: Required<ResultsParts>): Promise<Results> {
  const write = writerTo(STDOUT_FD)
  const results = tellTo(write, parts.check)
  if (!fstatSync(STDOUT_FD).isFile() || !canRead(STDOUT_FILE)) return results
  const told = readTold(realDisk, STDOUT_FILE, () => undefined)
  if (told.rest !== '') {
    if (isTornResult(told.rest) && !told.isWhole)
      realDisk.open(STDOUT_FILE, 'append').truncate(told.end)
    else await write('\n')
  }
  await catchUp(results, told, parts)
  return results
}

/** Whether a name belongs to a pipe or a device, which nothing can be read back from. */
function isStream(file: string): boolean {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat !== undefined && !stat.isFile() && !stat.isDirectory()
}

/**
 * Opens where outcomes are reported. In a file each is there once, whatever happened to the runs before:
 * what the ledger has and the file lacks is reported first. Through a pipe, what was reported before a run
 * was killed is not reported again.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for a file that cannot be written, or is something else.
 */
export async function openResults(given: ResultsParts): Promise<Results> {
  const { file, check = () => undefined, disk = realDisk } = given
  const parts = { ...given, file, check, disk }
  if (file === undefined) return openStdout(parts)
  try {
    if (disk === realDisk && isStream(file)) return tellTo(writerTo(openSync(file, 'w')), check)
    return await openNamed(file, parts)
  } catch (error) {
    const code = systemCode(error)
    if (error instanceof ConfigError || code === undefined) throw error
    throw refuse(`cannot be written (${code})`)
  }
}
