import { CALL_FLAGS, PAY_TYPES_FLAG } from '../args/flag.ts'
import { openInput } from '../bulk/input/open-input.ts'
import { FORMATS, readRows } from '../bulk/input/read-rows.ts'
import { OUTCOMES } from '../bulk/ledger/records.ts'
import {
  checkFile,
  countCards,
  type FileCheck,
  describeDuration,
  describeProducts,
  printCheck,
} from '../bulk/run/dry-run.ts'
import { showCount } from '../bulk/run/figures.ts'
import { parseRate } from '../bulk/run/pace.ts'
import { printSummary } from '../bulk/run/print-summary.ts'
import {
  CONCURRENCY,
  ledgerName,
  RATE,
  resultsName,
  runFile,
  STDIN,
  TRIES,
} from '../bulk/run/run-file.ts'
import { startTally } from '../bulk/run/tally.ts'
import type { Command, Invocation } from '../commands/command.ts'
import {
  confirm,
  confirmCount,
  describeGateway,
  isToBeAsked,
  merchantRow,
} from '../commands/confirm.ts'
import { resolveConfig, type CliConfig } from '../config/resolve-config.ts'
import { EXIT } from '../exit-code.ts'
import type { Row } from '../output/rows.ts'

const MS = 1_000
/** Flags of a call that a run over many cards has no use for. */
const NOT_OURS = ['params', 'dry-run']

/** What a person must know before real cards are unbound. */
function factsOf(config: CliConfig, file: string, { flags }: Invocation, check?: FileCheck): Row[] {
  const rate = flags.value('rate') ?? RATE
  const facts: Row[] = [merchantRow(config), ['gateway', describeGateway(config)]]
  if (check === undefined) return [...facts, ['cards', `all in ${file}`], ['rate', rate]]
  return [
    ...facts,
    ['cards', `${showCount(check.jobs)} in ${file}`],
    ['products', describeProducts(check)],
    ['rate', rate],
    ['takes', describeDuration(check, parseRate(rate))],
  ]
}

/** Before real cards are unbound at a terminal, asks; cards from standard input leave nothing to answer with. */
async function isWanted(
  config: CliConfig,
  file: string,
  invocation: Invocation,
  check: FileCheck | undefined,
): Promise<boolean> {
  if (file === STDIN || !isToBeAsked(config, invocation)) return true
  const facts = factsOf(config, file, invocation, check)
  if (check !== undefined) return confirmCount(facts, check.jobs, invocation.signal)
  return confirm(facts, 'Unbind them? Only their holders can bind them again.', invocation.signal)
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, env, output } = invocation
  const [file = STDIN] = flags.args
  const format = flags.value('format')
  if (flags.has('dry-run')) {
    const intervalMs = parseRate(flags.value('rate') ?? RATE)
    return printCheck(await checkFile(readRows(openInput(file), format)), intervalMs, output)
  }
  const config = resolveConfig(flags, env, { dryRun: false, also: { name: 'FILE', file } })
  const check = await countCards(file, format)
  if (!(await isWanted(config, file, invocation, check))) {
    output.tell('careful', 'stopped', 'Nothing was sent.')
    return EXIT.interrupted
  }
  const tally = startTally()
  if (check !== undefined) tally.total = check.jobs + check.invalid
  const started = performance.now()
  await runFile(file, config, invocation, tally)
  const seconds = (performance.now() - started) / MS
  const results = resultsName(flags, file, output)
  const facts = { ledger: ledgerName(flags, file), results, seconds }
  return printSummary(tally, facts, flags.has('allow-not-bound'), output)
}

/** `llpay card unbind-many`: unbinds the cards of a file, over days and restarts. */
export const unbindMany: Command = {
  args: [
    {
      name: 'FILE',
      summary:
        'The cards: CSV with a header line, or one JSON object per line; - reads standard input',
    },
  ],
  flags: [
    {
      name: 'ledger',
      value: 'FILE',
      summary: 'Record what was sent and its outcome here (default: FILE.ledger)',
    },
    {
      name: 'results',
      value: 'FILE',
      summary:
        'Write each outcome once, also over restarts (default: FILE.results.ndjson at a terminal, stdout elsewhere)',
    },
    {
      name: 'format',
      value: 'FORMAT',
      choices: FORMATS,
      summary: 'csv or ndjson (default: detected from the first character)',
    },
    {
      name: 'rate',
      value: 'N/s',
      summary: `Cards per second, minute or hour (20/s, 600/m, 1000/h), or none (default: ${RATE}). A card takes three requests`,
    },
    {
      name: 'concurrency',
      value: 'N',
      summary: `Cards in flight at the same time (default: ${CONCURRENCY})`,
    },
    {
      name: 'tries',
      value: 'N',
      summary: `Tries per card in this run while its outcome is uncertain (default: ${TRIES})`,
    },
    {
      name: 'max-failures',
      value: 'N',
      summary: 'Stop after N refused or unknown cards',
    },
    {
      name: 'again',
      value: 'OUTCOME',
      multiple: true,
      choices: OUTCOMES.filter((outcome) => outcome !== 'unbound'),
      summary: 'Retry cards with this outcome: unknown, refused or not-bound (repeatable)',
    },
    {
      name: 'allow-not-bound',
      summary:
        'Exit with 0 even if some cards were not bound, as long as every product could be queried for them',
    },
    PAY_TYPES_FLAG,
    { name: 'yes', summary: 'Do not ask before live cards are unbound' },
    { name: 'dry-run', summary: 'Check the whole file and estimate; send nothing, write nothing' },
    ...CALL_FLAGS.filter(({ name }) => !NOT_OURS.includes(name)),
  ],
  notes: [
    'Columns or members: user_id, no_agree, pay_type, platform, generation, ref. Run the same command again to resume a run that was stopped or killed.',
  ],
  readsEnvironment: true,
  run,
}
