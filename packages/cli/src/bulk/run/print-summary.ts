import { t, type Phrase, type Text } from '../../output/language.ts'
import { padTo, widthOf, beside } from '../../output/layout.ts'
import type { Entry, Output } from '../../output/output.ts'
import { phrasesOf } from '../../program/errors.ts'
import { EXIT } from '../../program/exit-code.ts'
import { OUTCOMES, type Outcome } from '../ledger/records.ts'
import { endingOf, type RunEnding } from './ending.ts'
import { showCount, showDuration } from './figures.ts'
import { countAll, countNotStarted, countOf, type Tally } from './tally.ts'

const API = 'card.unbind'
const MAX_FAILURES = t(
  'The run was stopped: --max-failures reached.',
  '已达到 --max-failures，运行已停止。',
)

const NO_CARDS = t('The file names no card.', '文件中没有卡。')

const isEmpty = ({ rows, stop, failure }: Tally) =>
  rows === 0 && stop === undefined && failure === undefined

/** What a run was about, apart from its outcomes. */
export interface RunFacts {
  readonly ledger: string
  /** The file with the outcomes; `undefined` for standard output, or none. */
  readonly results: string | undefined
  readonly seconds: number
}

/** What to do with the cards of each outcome. */
const NEXT_STEPS: Readonly<Record<Outcome, (tally: Tally) => Text>> = {
  unbound: () => '',
  'not-bound': ({ undecided }) =>
    undecided === 0
      ? t(
          'check user_id, no_agree and platform in the results; --allow-not-bound accepts them',
          '检查结果中的 user_id、no_agree 和 platform；--allow-not-bound 可接受',
        )
      : t(
          `for ${showCount(undecided)} of them a product could not be queried: see undecided in the results`,
          `其中 ${showCount(undecided)} 张有产品无法查询：见结果中的 undecided`,
        ),
  refused: () =>
    t('the results say why; --again refused retries them', '原因见结果；--again refused 可重试'),
  unknown: () =>
    t("--again unknown settles them by LianLian's list", '--again unknown 按连连支付的列表确认'),
}

type Line = readonly [name: Text, count: Text, next: Text]

const NAMES: Readonly<Record<Outcome, Text>> = {
  unbound: t('unbound', '已解绑'),
  'not-bound': t('not bound', '未绑定'),
  refused: t('refused', '被拒绝'),
  unknown: t('unknown', '未知'),
}

function outcomeLines(tally: Tally): Line[] {
  const lines = OUTCOMES.map((outcome): Line => {
    const count = countOf(tally, outcome)
    const next = count === 0 ? '' : NEXT_STEPS[outcome](tally)
    return [NAMES[outcome], showCount(count), next]
  })
  const { untouched } = tally
  const [left, notStarted] = [tally.left - untouched, (countNotStarted(tally) ?? 0) + untouched]
  const again = t('run the same command again', '重新运行同一命令')
  return [
    ...lines.filter(([name, count]) => name === NAMES.unbound || count !== '0'),
    ...(left === 0 ? [] : [[t('not finished', '未完成'), showCount(left), again] as const]),
    ...(notStarted === 0
      ? []
      : [[t('not started', '未开始'), showCount(notStarted), again] as const]),
  ]
}

const HEAD: Line = [t('outcome', '结果'), t('cards', '卡数'), t('next step', '下一步')]
const GAP = '  '

/** The outcomes as a table: right-aligned counts, and the next step wrapped in its column. */
function outcomeTable(tally: Tally, output: Output): string[] {
  const lines = [HEAD, ...outcomeLines(tally)].map((line) => line.map((text) => output.say(text)))
  const names = Math.max(...lines.map(([name = '']) => widthOf(name)))
  const counts = Math.max(...lines.map(([, count = '']) => widthOf(count)))
  return lines.flatMap(([name = '', count = '', next = '']) => {
    const blanks = ' '.repeat(counts - widthOf(count))
    const head = padTo(name, names) + GAP + blanks + count + GAP
    const [first = '', ...rest] = beside(widthOf(head), next, output.talkWidth)
    return [(head + first).trimEnd(), ...rest]
  })
}

function factRows(tally: Tally, { ledger, results, seconds }: RunFacts): Entry[] {
  const earlier = countAll(tally.earlier)
  const { duplicates } = tally
  return [
    [
      t('earlier', '此前'),
      earlier === 0
        ? undefined
        : t(
            `${showCount(earlier)} of these are from earlier runs`,
            `其中 ${showCount(earlier)} 张来自此前的运行`,
          ),
    ],
    [
      t('repeated', '重复'),
      duplicates === 0
        ? undefined
        : t(
            `${showCount(duplicates)} ${duplicates === 1 ? 'line names' : 'lines name'} a card again`,
            `${showCount(duplicates)} 行重复了前面的卡`,
          ),
    ],
    [t('took', '耗时'), showDuration(seconds)],
    [t('results', '结果文件'), results],
    [t('ledger', '台账'), ledger],
  ]
}

function summaryObject(tally: Tally, { ledger, seconds }: RunFacts): Record<string, unknown> {
  const { rows: read, left, inDoubt, undecided, duplicates, retries, failure } = tally
  return {
    ...Object.fromEntries(OUTCOMES.map((outcome) => [outcome, countOf(tally, outcome)])),
    earlier: countAll(tally.earlier),
    rows: read,
    left,
    notStarted: countNotStarted(tally) ?? null,
    inDoubt,
    undecided,
    duplicates,
    retries,
    stop: tally.stop ?? null,
    failure: failure === undefined ? null : { code: failure.code, message: failure.message },
    ledger,
    seconds,
  }
}

function printObject(
  tally: Tally,
  facts: RunFacts,
  ending: RunEnding | undefined,
  output: Output,
): void {
  const summary = summaryObject(tally, facts)
  if (ending === undefined) {
    output.object({ ok: true, api: API, summary })
    return
  }
  const { name, code, message, hint, delivered } = ending
  const returnCode =
    tally.stop === 'merchant' && code === 'ERR_REJECTED' ? { returnCode: tally.stopCode } : {}
  const error = {
    name,
    code,
    message: message.en,
    ...(hint && { hint: hint.en }),
    delivered,
    ...returnCode,
  }
  output.object({ ok: false, api: API, error, summary })
}

/** What is done, in flight and not started at the moment of an interrupt. */
export function describeStop(tally: Tally): Phrase {
  const { inFlight, waiting } = tally
  const done = countAll(tally.outcomes) + countAll(tally.earlier)
  const notStarted = countNotStarted(tally)
  const parts = [
    t(`${showCount(done)} done`, `已完成 ${showCount(done)}`),
    t(`${showCount(inFlight)} in flight`, `处理中 ${showCount(inFlight)}`),
    ...(waiting === 0
      ? []
      : [t(`${showCount(waiting)} waiting for another try`, `等待重试 ${showCount(waiting)}`)]),
    ...(notStarted === undefined
      ? []
      : [t(`${showCount(notStarted)} not started`, `未开始 ${showCount(notStarted)}`)]),
  ]
  return t(
    `${parts.map(({ en }) => en).join(', ')}. Finishing the cards in flight; interrupt again to stop at once. The ledger records what was sent.`,
    `${parts.map(({ zh }) => zh).join('，')}。正在完成处理中的卡；再次中断立即停止。台账记录了已发出的请求。`,
  )
}

/**
 * Prints what a run came to: as a table, or as the one JSON object. Returns the exit status.
 *
 * @param allowNotBound whether cards that were not bound are accepted.
 */
export function printSummary(
  tally: Tally,
  facts: RunFacts,
  allowNotBound: boolean,
  output: Output,
): number {
  const ending = endingOf(tally, allowNotBound)
  const status = ending?.status ?? EXIT.done
  if (output.json) {
    printObject(tally, facts, ending, output)
    return status
  }
  for (const line of [...outcomeTable(tally, output), '']) output.talk(line)
  output.talkRows(factRows(tally, facts))
  if (isEmpty(tally)) output.tell('careful', t('note', '提示'), NO_CARDS)
  if (tally.stop === 'max-failures') output.tell('careful', t('stopped', '已停止'), MAX_FAILURES)
  for (const { message, hint } of problemsOf(tally, ending)) {
    output.fail(message, hint)
  }
  if (tally.stop === 'merchant') output.tell('faint', 'LianLian', tally.stopCode ?? '')
  return status
}

/** What went wrong with the run and how it ended, each text once. */
function problemsOf({ failure }: Tally, ending: RunEnding | undefined): Problem[] {
  const problems: Problem[] = [failure && phrasesOf(failure), ending].flatMap((each) => each ?? [])
  return problems.filter(
    ({ message }, index) =>
      problems.findIndex((other) => other.message.en === message.en) === index,
  )
}

type Problem = Pick<RunEnding, 'message' | 'hint'>
