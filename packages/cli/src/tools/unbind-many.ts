import { CALL_FLAGS, PAY_TYPES_FLAG } from '../args/flag.ts'
import { openInput } from '../bulk/input/open-input.ts'
import { FORMATS, readRows } from '../bulk/input/read-rows.ts'
import { OUTCOMES } from '../bulk/ledger/record.ts'
import { checkFile } from '../bulk/run/check-file.ts'
import { parseRate } from '../bulk/run/pacer.ts'
import { printCheck } from '../bulk/run/print-check.ts'
import { printSummary } from '../bulk/run/print-summary.ts'
import { CONCURRENCY, ledgerName, RATE, runFile, STDIN, TRIES } from '../bulk/run/run-file.ts'
import { startTally } from '../bulk/run/tally.ts'
import type { Command, Invocation } from '../commands/command.ts'
import { confirm, isToBeAsked, merchantRow } from '../commands/confirm.ts'
import { resolveConfig, type CliConfig } from '../config/resolve-config.ts'
import { EXIT } from '../exit-code.ts'

const MS = 1_000
/** Flags of a call that a run over many cards has no use for. */
const NOT_OURS = ['params', 'dry-run']

/** Before real cards are unbound at a terminal, asks; cards from standard input leave nothing to answer with. */
async function isWanted(config: CliConfig, file: string, invocation: Invocation): Promise<boolean> {
  if (file === STDIN || !isToBeAsked(config, invocation)) return true
  const question = 'Unbind them? Only their holders can bind them again.'
  return confirm([merchantRow(config), ['cards', `all in ${file}`]], question, invocation.signal)
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, env, output } = invocation
  const [file = STDIN] = flags.args
  if (flags.has('dry-run')) {
    const intervalMs = parseRate(flags.value('rate') ?? RATE)
    const rows = readRows(openInput(file), flags.value('format'))
    return printCheck(await checkFile(rows), intervalMs, output)
  }
  const config = resolveConfig(flags, env, { dryRun: false, also: { name: 'FILE', file } })
  if (!(await isWanted(config, file, invocation))) {
    output.tell('careful', 'stopped', 'Nothing was sent.')
    return EXIT.interrupted
  }
  const tally = startTally()
  const started = performance.now()
  await runFile(file, config, invocation, tally)
  const seconds = (performance.now() - started) / MS
  const facts = { ledger: ledgerName(flags, file), seconds }
  return printSummary(tally, facts, flags.has('allow-not-bound'), output)
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
      summary:
        'Write each outcome once, also over restarts (default: FILE.results.ndjson at a terminal, stdout elsewhere)',
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
    {
      name: 'allow-not-bound',
      summary:
        'Exit with 0 although some cards were not bound, where every product could be queried for them',
    },
    PAY_TYPES_FLAG,
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
