import { ConfigError } from '@llpay/core'
import { isLoopback, parseBaseUrl } from '@llpay/core/adapter'
import { createUnbindProcessor } from '@llpay/core/bulk'

import { makeClient } from '../../call/make-client.ts'
import { systemCode } from '../../config/files.ts'
import type { CliConfig } from '../../config/resolve-config.ts'
import { t } from '../../output/language.ts'
import type { Output } from '../../output/output.ts'
import { openStream } from '../../output/stream.ts'
import { choose } from '../../program/choose.ts'
import type { Invocation } from '../../program/command.ts'
import { errorText, invalidError } from '../../program/errors.ts'
import type { GivenFlags } from '../../program/parse-flags.ts'
import { openInput } from '../input/open-input.ts'
import { parseFormat, readRows } from '../input/read-rows.ts'
import { openLedger } from '../ledger/ledger.ts'
import { realPlatform } from '../ledger/platform.ts'
import { OUTCOMES, type Outcome } from '../ledger/records.ts'
import { wholeNumber } from '../whole-number.ts'
import { checkFiles } from './check-files.ts'
import { Pacer, parseRate } from './pace.ts'
import { describeStop } from './print-summary.ts'
import { startProgress } from './progress.ts'
import { noResults, openResults } from './results.ts'
import { runJobs } from './run-jobs.ts'
import type { Tally } from './tally.ts'

/** The default rate, in cards per second. */
export const RATE = '10/s'
/** The default number of cards in flight at a time. */
export const CONCURRENCY = 8
/** The default number of tries per card in a run. */
export const TRIES = 5
/** The name of standard input. */
export const STDIN = '-'
const MOST_AT_ONCE = 256
const STDERR_FD = 2
const WAITING = t(
  'Another run held this ledger, and it is not certain that it has ended. If it does not respond for a minute, this run takes over.',
  '另一个运行占用了该台账，不确定是否已结束。若一分钟内没有响应，本次运行将接管。',
)

/** The outcomes whose cards may be tried again. */
export const AGAIN: readonly Outcome[] = OUTCOMES.filter((outcome) => outcome !== 'unbound')

const parseAgain = (flags: GivenFlags): Outcome[] =>
  flags
    .values('again')
    .map((text) => choose(text, { name: '--again', choices: AGAIN, reason: 'bulk.again' }))

/**
 * The file of the ledger.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`.
 */
export function ledgerName(flags: GivenFlags, file: string): string {
  const named = flags.value('ledger') ?? (file === STDIN ? undefined : `${file}.ledger`)
  if (named !== undefined) return named
  const text = errorText(
    'bulk.ledger-missing',
    t('Cards from standard input need a named ledger.', '从标准输入读取的卡需要指定台账。'),
    t('Set --ledger FILE.', '设置 --ledger FILE。'),
  )
  throw new ConfigError('ERR_CONFIG_MISSING', text)
}

/**
 * The file for outcomes; `undefined` for standard output. At a terminal they would scroll away, and get
 * a file beside the cards.
 */
export function resultsName(flags: GivenFlags, file: string, output: Output): string | undefined {
  const named = flags.value('results')
  const isShown = file === STDIN || output.json || !output.isTerminal
  return named ?? (isShown ? undefined : `${file}.results.ndjson`)
}

const FULL = ['ENOSPC', 'EDQUOT']

/** What ended a run, in the words of llpay; a mistake in llpay itself is thrown on. */
function asFailure(error: unknown): ConfigError {
  const code = systemCode(error) ?? ''
  if (error instanceof ConfigError) return error
  if (!/^E[A-Z0-9]+$/.test(code)) throw error
  const advice = FULL.includes(code)
    ? t('Make room', '释放磁盘空间')
    : t(
        'Check that they, and the folders they are in, can be read and written',
        '检查这些文件及其所在目录的读写权限',
      )
  return invalidError(
    'bulk.files-unusable',
    t(
      `The ledger or the results could not be used (${code}), and the run was stopped.`,
      `台账或结果文件无法使用（${code}），运行已停止。`,
    ),
    t(
      `${advice.en}, and run the same command again to resume.`,
      `${advice.zh}，再重新运行同一命令继续。`,
    ),
  )
}

/** Where calls go, for the ledger: a gateway on this machine may have another port the next time. */
function targetOf(baseUrl: string | undefined): string {
  if (baseUrl === undefined) return 'lianlian'
  return isLoopback(parseBaseUrl(baseUrl).hostname) ? 'loopback' : baseUrl.replace(/\/+$/, '')
}

/**
 * Carries out the cards of a file, and counts what becomes of them, and what ended the run early.
 *
 * @throws {ConfigError} what is wrong with flags, file or ledger before a card is begun.
 */
export async function runFile(
  file: string,
  config: CliConfig,
  invocation: Invocation,
  tally: Tally,
): Promise<void> {
  const { flags, output, signal } = invocation
  const { oidPartner, baseUrl } = config
  const client = makeClient(config)
  const ledgerFile = ledgerName(flags, file)
  const concurrency = wholeNumber(flags, 'concurrency', CONCURRENCY, MOST_AT_ONCE)
  const pacer = new Pacer(parseRate(flags.value('rate') ?? RATE))
  const tries = wholeNumber(flags, 'tries', TRIES)
  const maxFailures = wholeNumber(flags, 'max-failures', Infinity)
  const again = parseAgain(flags)
  const format = parseFormat(flags.value('format'))
  const named = resultsName(flags, file, output)
  checkFiles({ input: file === STDIN ? undefined : file, ledger: ledgerFile, results: named })
  const input = openInput(file)
  const owner = { oid_partner: oidPartner, target: targetOf(baseUrl) }
  const onWait = () => output.tell('careful', t('waiting', '等待中'), WAITING)
  const ledger = await openLedger(ledgerFile, owner, realPlatform, { signal, onWait }).catch(
    (error: unknown) => {
      throw asFailure(error)
    },
  )
  try {
    const isTold = named !== undefined || !output.json
    const check = () => ledger.check()
    const results = isTold ? await openResults({ file: named, ledgerFile, check }) : noResults
    if (named !== undefined && named !== flags.value('results')) {
      output.tell('faint', t('results', '结果文件'), named)
    }
    const { jobKey, marks } = ledger
    const processor = createUnbindProcessor(client, { oidPartner, jobIdKey: jobKey, marks })
    const rows = readRows(input, format)
    const limits = { concurrency, tries, maxFailures, again, pacer, signal }
    const progress = startProgress(tally, input, openStream(STDERR_FD), output.language)
    signal.addEventListener('abort', () => {
      progress.clear()
      output.tell('careful', t('stopping', '正在停止'), describeStop(tally))
    })
    const parts = { rows, oidPartner, processor, ledger, results, tally, ...limits }
    await runJobs(parts).finally(() => progress.stop())
  } catch (error) {
    tally.failure = asFailure(error)
  } finally {
    input.close()
    ledger.close()
  }
}
