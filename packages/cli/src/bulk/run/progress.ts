import { t, type Language, type Phrase } from '../../output/language.ts'
import { clip } from '../../output/layout.ts'
import type { Input } from '../input/open-input.ts'
import { showCount, showDuration } from './figures.ts'
import { countDone, countOf, type Tally } from './tally.ts'

const COLUMNS = 79
const TERMINAL_MS = 250
const PLAIN_MS = 30_000
/** The rate covers the last minute, and means nothing in the first second. */
const WINDOW_MS = 60_000
const FIRST_RATE_MS = 1_000
const ERASE_LINE = '\r\u001b[2K'

/** The line that shows how far a run is. */
export interface Progress {
  /** Takes the line away, until there is more to show. */
  clear(): void
  /** Takes the line away. */
  stop(): void
}

interface Sample {
  readonly at: number
  readonly done: number
}

/** How much of the file is done, from 0 to 1: by cards where they were counted, else by bytes read. */
function shareDone(tally: Tally, { size }: Pick<Input, 'size'>): number | undefined {
  if (tally.total !== undefined) return Math.min(1, countDone(tally) / Math.max(1, tally.total))
  return size === undefined || tally.bytes === 0 ? undefined : Math.min(1, tally.bytes / size)
}

function secondsLeft(tally: Tally, share: number | undefined, perSecond: number) {
  if (share === undefined || share === 0 || perSecond === 0) return undefined
  const done = countDone(tally)
  return ((tally.total ?? done / share) - done) / perSecond
}

const showRate = (perSecond: number) =>
  perSecond < 10 ? perSecond.toFixed(1) : String(Math.round(perSecond))

function describe(
  tally: Tally,
  input: Pick<Input, 'size'>,
  perSecond: number,
  language: Language,
): string {
  const { total, retries } = tally
  const share = shareDone(tally, input)
  const left = secondsLeft(tally, share, perSecond)
  const done = showCount(countDone(tally))
  const say = (text: Phrase) => text[language]
  const counts: readonly (readonly [number, Phrase])[] = [
    [countOf(tally, 'refused'), t('refused', '被拒绝')],
    [countOf(tally, 'not-bound'), t('not bound', '未绑定')],
    [countOf(tally, 'unknown'), t('unknown', '未知')],
    [retries, t(retries === 1 ? 'retry' : 'retries', '重试')],
  ]
  return [
    [
      total === undefined
        ? say(t(`${done} done`, `已完成 ${done}`))
        : `${done}/${showCount(total)}`,
      ...(share === undefined ? [] : [`${Math.floor(share * 100)}%`]),
    ].join(' '),
    ...(perSecond === 0 ? [] : [`${showRate(perSecond)}/s`]),
    ...(left === undefined
      ? []
      : [say(t(`${showDuration(left)} left`, `剩余 ${showDuration(left)}`))]),
    ...counts.flatMap(([count, name]) =>
      count === 0
        ? []
        : [say(t(`${showCount(count)} ${name.en}`, `${name.zh} ${showCount(count)}`))],
    ),
  ].join(' · ')
}

/** Shows on standard error how far a run is: one line that changes, or a line now and then. */
export function startProgress(
  tally: Tally,
  input: Pick<Input, 'size'>,
  terminal: { readonly isTerminal: boolean; write(text: string): void },
  language: Language = 'en',
): Progress {
  const samples: Sample[] = [{ at: performance.now(), done: 0 }]
  const show = () => {
    const now = { at: performance.now(), done: countDone(tally, 'this-run') }
    samples.push(now)
    while (samples.length > 2 && now.at - (samples[0]?.at ?? 0) > WINDOW_MS) samples.shift()
    const [first = now] = samples
    const elapsedMs = now.at - first.at
    const perSecond = elapsedMs < FIRST_RATE_MS ? 0 : ((now.done - first.done) / elapsedMs) * 1_000
    const text = clip(describe(tally, input, perSecond, language), COLUMNS)
    terminal.write(terminal.isTerminal ? `${ERASE_LINE}${text}` : `${text}\n`)
  }
  const timer = setInterval(show, terminal.isTerminal ? TERMINAL_MS : PLAIN_MS)
  const clear = () => {
    if (terminal.isTerminal) terminal.write(ERASE_LINE)
  }
  return {
    clear,
    stop() {
      clearInterval(timer)
      clear()
    },
  }
}
