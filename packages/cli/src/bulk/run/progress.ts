import { clip } from '../../output/width.ts'
import type { Input } from '../input/open-input.ts'
import { OUTCOMES } from '../ledger/record.ts'
import { showDuration } from './show-duration.ts'
import { countAll, type Tally } from './tally.ts'

const COLUMNS = 79
const TERMINAL_MS = 250
const PLAIN_MS = 30_000
/** The rate is that of the last minute. */
const WINDOW_MS = 60_000
const ERASE_LINE = '\r\u001b[2K'

/** What shows how far a run is. */
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

const number = (value: number) => value.toLocaleString('en-US')

/** Seconds until the end of the file, by how much of it was read and how fast that goes. */
function secondsLeft(
  { rows, bytes }: Tally,
  size: number | undefined,
  perSecond: number,
): number | undefined {
  if (size === undefined || bytes === 0 || perSecond === 0) return undefined
  return Math.max(0, (size / bytes - 1) * rows) / perSecond
}

function describe(tally: Tally, { size }: Pick<Input, 'size'>, perSecond: number): string {
  const left = secondsLeft(tally, size, perSecond)
  const counts = OUTCOMES.filter((outcome) => tally.outcomes[outcome] > 0).map(
    (outcome) => `${outcome} ${number(tally.outcomes[outcome])}`,
  )
  return [
    `${number(countAll(tally.outcomes))} done`,
    `${perSecond.toFixed(1)}/s`,
    ...(left === undefined ? [] : [`${showDuration(left)} left`]),
    ...counts,
    ...(tally.retries > 0 ? [`tried again ${number(tally.retries)}`] : []),
  ].join('  ')
}

/** Shows on standard error how far a run is: one line that changes, or a line now and then. */
export function startProgress(
  tally: Tally,
  input: Pick<Input, 'size'>,
  terminal: { readonly isTerminal: boolean; write(text: string): void },
): Progress {
  const samples: Sample[] = [{ at: performance.now(), done: 0 }]
  const show = () => {
    const now = { at: performance.now(), done: countAll(tally.outcomes) }
    samples.push(now)
    while (samples.length > 2 && now.at - (samples[0]?.at ?? 0) > WINDOW_MS) samples.shift()
    const [first = now] = samples
    const perSecond = ((now.done - first.done) / Math.max(1, now.at - first.at)) * 1_000
    const text = clip(describe(tally, input, perSecond), COLUMNS)
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
