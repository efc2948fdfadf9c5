import { ConfigError } from '@llpay/core'
import { isLoopback, parseBaseUrl } from '@llpay/core/adapter'
import { createUnbindProcessor } from '@llpay/core/bulk'
import { createClient } from '@llpay/node'

import { CALL_FLAGS } from '../args/flag.ts'
import type { GivenFlags } from '../args/parse-flags.ts'
import { openInput } from '../bulk/input/open-input.ts'
import { FORMATS, readRows } from '../bulk/input/read-rows.ts'
import { openLedger } from '../bulk/ledger/ledger.ts'
import { OUTCOMES, type Outcome } from '../bulk/ledger/record.ts'
import { checkFile } from '../bulk/run/check-file.ts'
import { Pacer, parseRate } from '../bulk/run/pacer.ts'
import { printCheck } from '../bulk/run/print-check.ts'
import { printSummary } from '../bulk/run/print-summary.ts'
import { startProgress } from '../bulk/run/progress.ts'
import { noResults, openResults } from '../bulk/run/results.ts'
import { runJobs } from '../bulk/run/run-jobs.ts'
import { startTally, type Tally } from '../bulk/run/tally.ts'
import { wholeNumber } from '../bulk/whole-number.ts'
import { isLive } from '../commands/ask-first.ts'
import type { Command, Invocation } from '../commands/command.ts'
import { resolveConfig, type CliConfig } from '../config/resolve-config.ts'
import { EXIT } from '../exit-code.ts'
import { ask, canAsk } from '../output/ask.ts'
import { openStream } from '../output/stream.ts'

const RATE = '10/s'
const CONCURRENCY = 8
const MOST_AT_ONCE = 256
const TRIES = 5
const STDIN = '-'
const STDERR_FD = 2
const MS = 1_000
/** Flags of a call that a run over many cards has no use for. */
const NOT_OURS = ['params', 'dry-run']

function parseAgain(flags: GivenFlags): Outcome[] {
  return flags.values('again').map((text) => {
    const outcome = OUTCOMES.find((each) => each === text)
    if (outcome !== undefined && outcome !== 'unbound') return outcome
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      '--again takes unknown, refused or not-bound, once for each.',
    )
  })
}

function ledgerName(flags: GivenFlags, file: string): string {
  const named = flags.value('ledger') ?? (file === STDIN ? undefined : `${file}.ledger`)
  if (named !== undefined) return named
  throw new ConfigError(
    'ERR_CONFIG_MISSING',
    'Cards from standard input need a ledger with a name: give --ledger FILE.',
  )
}

/** Where calls go, for the ledger: a gateway on this machine may have another port the next time. */
function targetOf(baseUrl: string | undefined): string {
  if (baseUrl === undefined) return 'lianlian'
  return isLoopback(parseBaseUrl(baseUrl).hostname) ? 'loopback' : baseUrl.replace(/\/+$/, '')
}

/** Before real cards are unbound at a terminal, asks. */
async function isWanted(config: CliConfig, file: string, invocation: Invocation): Promise<boolean> {
  const { flags, output, signal } = invocation
  if (flags.has('yes') || output.json || !isLive(config) || !canAsk()) return true
  if (file === STDIN) return true
  process.stderr.write(`merchant   ${config.oidPartner}\ncards      all in ${file}\n`)
  const answer = await ask('Unbind them? Only their holders can bind them again. [y/N] ', signal)
  return /^\s*y(?:es)?\s*$/i.test(answer ?? '')
}

/** Says in the words of llpay that a disk is full, or a file cannot be written. */
function translate(error: unknown): unknown {
  const isFileError = error instanceof Error && 'syscall' in error && 'code' in error
  if (!isFileError) return error
  return new ConfigError(
    'ERR_CONFIG_INVALID',
    `The ledger or the results could not be written (${String(error.code)}), and the run was stopped. Make room, and run the same command again: it goes on where it stopped.`,
  )
}

async function carryOut(
  file: string,
  { privateKey, gatewayKeys, profile: _profile, ...config }: CliConfig,
  invocation: Invocation,
  tally: Tally,
): Promise<void> {
  const { flags, output, signal } = invocation
  const { oidPartner, baseUrl } = config
  const client = createClient({
    ...config,
    privateKey: privateKey.pkcs8,
    gatewayPublicKey: gatewayKeys.map(({ spki }) => spki),
    proxy: 'environment',
  })
  const ledgerFile = ledgerName(flags, file)
  const concurrency = wholeNumber(flags, 'concurrency', CONCURRENCY, MOST_AT_ONCE)
  const pacer = new Pacer(parseRate(flags.value('rate') ?? RATE))
  const tries = wholeNumber(flags, 'tries', TRIES)
  const maxFailures = wholeNumber(flags, 'max-failures', Infinity)
  const again = parseAgain(flags)
  const input = openInput(file)
  const ledger = await openLedger(ledgerFile, {
    oid_partner: oidPartner,
    target: targetOf(baseUrl),
  })
  const named = flags.value('results')
  const isTold = named !== undefined || !output.json
  const results = isTold ? await openResults(named, ledgerFile) : noResults
  const progress = startProgress(tally, input, openStream(STDERR_FD))
  try {
    await runJobs({
      rows: readRows(input, flags.value('format')),
      processor: createUnbindProcessor(client, {
        oidPartner,
        jobIdKey: ledger.jobKey,
        marks: ledger.marks,
      }),
      oidPartner,
      ledger,
      results,
      pacer,
      tally,
      concurrency,
      tries,
      maxFailures,
      again,
      signal,
    })
  } finally {
    progress.stop()
    ledger.close()
  }
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, env, output, signal } = invocation
  const [file = STDIN] = flags.args
  if (flags.has('dry-run')) {
    const intervalMs = parseRate(flags.value('rate') ?? RATE)
    return printCheck(
      await checkFile(readRows(openInput(file), flags.value('format'))),
      intervalMs,
      output,
    )
  }
  const config = resolveConfig(flags, env, { dryRun: false, also: { name: 'FILE', file } })
  if (!(await isWanted(config, file, invocation))) {
    output.tell('careful', 'stopped', 'Nothing was sent.')
    return EXIT.interrupted
  }
  const tally = startTally()
  const started = performance.now()
  signal.addEventListener('abort', () =>
    output.tell(
      'careful',
      'stopping',
      'The cards under way are brought to their end. Interrupt again to stop at once; the ledger knows what was sent.',
    ),
  )
  try {
    await carryOut(file, config, invocation, tally)
  } catch (error) {
    throw translate(error)
  }
  const seconds = (performance.now() - started) / MS
  return printSummary(tally, { ledger: ledgerName(flags, file), seconds }, output)
}

/** `llpay card unbind-many`: unbinds the cards of a file, over days and restarts. */
export const unbindMany: Command = {
  args: [
    {
      name: 'FILE',
      summary:
        'The cards: CSV with a first line of names, or a JSON object per line; - is standard input',
    },
  ],
  flags: [
    {
      name: 'ledger',
      value: 'FILE',
      summary: 'The record of what was sent and what came of it; FILE.ledger unless told',
    },
    {
      name: 'results',
      value: 'FILE',
      summary: 'Where outcomes are told, each once, also over restarts; standard output else',
    },
    {
      name: 'format',
      value: 'FORMAT',
      choices: FORMATS,
      summary: 'csv or ndjson; told by the first character else',
    },
    {
      name: 'rate',
      value: 'N/s',
      summary: `Cards per second, minute or hour (20/s, 600/m, 1000/h), or none; ${RATE} unless told. A card takes three requests`,
    },
    {
      name: 'concurrency',
      value: 'N',
      summary: `Cards under way at a time; ${CONCURRENCY} unless told`,
    },
    {
      name: 'tries',
      value: 'N',
      summary: `How often a card is tried in this run while nothing is certain; ${TRIES} unless told`,
    },
    {
      name: 'max-failures',
      value: 'N',
      summary: 'Stop after so many cards that were refused or are unknown',
    },
    {
      name: 'again',
      value: 'OUTCOME',
      multiple: true,
      choices: OUTCOMES.filter((outcome) => outcome !== 'unbound'),
      summary: 'Take up cards again that ended so: unknown, refused, not-bound; once for each',
    },
    { name: 'yes', summary: 'Do not ask before live cards are unbound' },
    { name: 'dry-run', summary: 'Check the whole file and estimate; send nothing, write nothing' },
    ...CALL_FLAGS.filter(({ name }) => !NOT_OURS.includes(name)),
  ],
  notes: [
    'Columns or members: user_id, no_agree, pay_type, platform, generation, ref. The same command goes on where a run was stopped or killed.',
  ],
  readsEnvironment: true,
  run,
}
