import { existsSync } from 'node:fs'

import { openInput } from '../bulk/input/open-input.ts'
import { FORMATS, parseFormat, readRows } from '../bulk/input/read-rows.ts'
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
  AGAIN,
  CONCURRENCY,
  ledgerName,
  RATE,
  resultsName,
  runFile,
  STDIN,
  TRIES,
} from '../bulk/run/run-file.ts'
import { startTally } from '../bulk/run/tally.ts'
import {
  confirm,
  confirmCount,
  describeGateway,
  isToBeAsked,
  merchantRow,
  tellStopped,
} from '../call/confirm.ts'
import { resolveConfig, type CliConfig } from '../config/resolve-config.ts'
import { t, type Phrase } from '../output/language.ts'
import type { Entry } from '../output/output.ts'
import type { Command, Invocation } from '../program/command.ts'
import { EXIT } from '../program/exit-code.ts'
import { CALL_FLAGS, PAY_TYPES_FLAG } from '../program/flags.ts'
import { CALL_VARIABLES } from '../program/variables.ts'

const MS = 1_000
/** Flags of a call that a run over many cards has no use for. */
const NOT_OURS = ['params', 'dry-run']

/** Whether an earlier run has begun with the cards. */
const isResumed = (flags: Invocation['flags'], file: string) => existsSync(ledgerName(flags, file))

/** What a person must know before real cards are unbound. */
function factsOf(
  config: CliConfig,
  file: string,
  { flags }: Invocation,
  check?: FileCheck,
): Entry[] {
  const rate = flags.value('rate') ?? RATE
  return [
    merchantRow(config),
    [t('gateway', '网关'), describeGateway(config)],
    [t('cards', '卡'), describeCards(file, isResumed(flags, file), check)],
    [t('invalid', '无效'), describeInvalid(check)],
    [t('products', '产品'), check && describeProducts(check)],
    [t('rate', '速率'), rate],
    [t('takes', '预计耗时'), check && describeDuration(check, parseRate(rate))],
  ]
}

function describeCards(file: string, resumed: boolean, check: FileCheck | undefined): Phrase {
  if (check === undefined) return t(`all in ${file}`, `${file} 中的全部`)
  const count = showCount(check.jobs)
  return resumed
    ? t(
        `${count} in ${file}; those that are done by its ledger are skipped`,
        `${file} 中的 ${count} 张；台账中已处理的会跳过`,
      )
    : t(`${count} in ${file}`, `${file} 中的 ${count} 张`)
}

function describeInvalid({ invalid }: Pick<FileCheck, 'invalid'> = { invalid: 0 }) {
  const count = showCount(invalid)
  return invalid === 0
    ? undefined
    : t(`${count} ${invalid === 1 ? 'line' : 'lines'}, to be refused`, `${count} 行，将被拒绝`)
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
  if (check !== undefined) return confirmCount(facts, check.jobs, invocation)
  return confirm(
    facts,
    t(
      'Unbind them? Only their holders can bind them again.',
      '确认解绑？解绑后只有持卡人能重新绑卡。',
    ),
    invocation,
  )
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, env, output } = invocation
  const [file = STDIN] = flags.args
  const format = parseFormat(flags.value('format'))
  if (flags.has('dry-run')) {
    const intervalMs = parseRate(flags.value('rate') ?? RATE)
    return printCheck(await checkFile(readRows(openInput(file), format)), intervalMs, output)
  }
  const config = resolveConfig(flags, env, { dryRun: false, also: { name: 'FILE', file } })
  const check = await countCards(file, format)
  if (!(await isWanted(config, file, invocation, check))) {
    tellStopped(invocation)
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
      summary: t(
        'The cards: CSV with a header line, or one JSON object per line; - is standard input',
        '卡文件：CSV（首行为列名），或每行一个 JSON 对象；- 为标准输入',
      ),
    },
  ],
  flags: [
    {
      name: 'ledger',
      value: 'FILE',
      summary: t(
        'Record what was sent and its outcome here (default: FILE.ledger)',
        '在此记录已发送的请求及其结果（默认：FILE.ledger）',
      ),
    },
    {
      name: 'results',
      value: 'FILE',
      summary: t(
        'Write each outcome once, also over restarts (default: FILE.results.ndjson on a terminal, stdout elsewhere)',
        '每个结果只写一次，重启后也不重复（默认：终端中为 FILE.results.ndjson，否则标准输出）',
      ),
    },
    {
      name: 'format',
      value: 'FORMAT',
      choices: FORMATS,
      summary: t(
        'csv or ndjson (default: detected from the first character)',
        'csv 或 ndjson（默认：按首字符判断）',
      ),
    },
    {
      name: 'rate',
      value: 'N/s',
      summary: t(
        `Cards per second, minute or hour (20/s, 600/m, 1000/h), or none (default: ${RATE}). A card takes three requests`,
        `每秒、每分或每小时的卡数（20/s、600/m、1000/h），或 none 不限速（默认：${RATE}）。一张卡需三个请求`,
      ),
    },
    {
      name: 'concurrency',
      value: 'N',
      summary: t(
        `Cards in flight at the same time (default: ${CONCURRENCY})`,
        `同时处理的卡数（默认：${CONCURRENCY}）`,
      ),
    },
    {
      name: 'tries',
      value: 'N',
      summary: t(
        `Tries per card in this run while its outcome is uncertain (default: ${TRIES})`,
        `结果未确定时，本次运行中每张卡的尝试次数（默认：${TRIES}）`,
      ),
    },
    {
      name: 'max-failures',
      value: 'N',
      summary: t('Stop after N refused or unknown cards', '有 N 张卡被拒绝或结果未知后停止'),
    },
    {
      name: 'again',
      value: 'OUTCOME',
      multiple: true,
      choices: AGAIN,
      summary: t(
        'Retry cards with this outcome: unknown, refused or not-bound (repeatable)',
        '重试该结果的卡：unknown、refused 或 not-bound（可重复）',
      ),
    },
    {
      name: 'allow-not-bound',
      summary: t(
        'Exit with 0 even if some cards were not bound, as long as every product could be queried for them',
        '只要各产品都已查询，有卡未绑定时退出码也为 0',
      ),
    },
    PAY_TYPES_FLAG,
    {
      name: 'yes',
      summary: t('Do not ask before live cards are unbound', '解绑真实的卡之前不询问'),
    },
    {
      name: 'dry-run',
      summary: t(
        'Check the whole file and estimate; send nothing, write nothing',
        '检查整个文件并估算；不发送，也不写入',
      ),
    },
    ...CALL_FLAGS.filter(({ name }) => !NOT_OURS.includes(name)),
  ],
  notes: [
    t(
      'Columns or members: user_id, no_agree, pay_type, platform, generation, ref. Rerun the same command to resume a run that was stopped or killed.',
      '列或字段：user_id、no_agree、pay_type、platform、generation、ref。中断或被终止后，重新运行同一命令即可续跑。',
    ),
  ],
  examples: [
    [
      t('Check the file and estimate', '检查文件并估算'),
      'llpay card unbind-many cards.csv --dry-run',
    ],
    [t('Unbind; rerun it to resume', '解绑；重新运行即可续跑'), 'llpay card unbind-many cards.csv'],
    [
      t('Print what became of each card', '输出每张卡的结果'),
      'llpay card unbind-many report cards.csv.ledger > report.csv',
    ],
  ],
  variables: CALL_VARIABLES,
  run,
}
