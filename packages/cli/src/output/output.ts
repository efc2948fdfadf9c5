import { toJsonLine } from './escape.ts'
import type { Stream } from './stream.ts'
import { beside } from './wrap.ts'

/** What a colour means; there are no others. */
export type Meaning = 'good' | 'bad' | 'careful' | 'faint'

/** The codes of the four colours (ECMA-48), and what ends each. */
const COLOURS: Readonly<Record<Meaning, readonly [on: number, off: number]>> = {
  good: [32, 39],
  bad: [31, 39],
  careful: [33, 39],
  faint: [2, 22],
}

/** Where a command prints: data to standard output, talk to standard error. */
export interface Output {
  readonly json: boolean
  readonly verbose: boolean
  /** Whether a person may be reading standard output. */
  readonly isTerminal: boolean
  /** Prints the one JSON object. */
  object(value: unknown): void
  /** Prints a line of data. */
  line(text: string): void
  /** Tells the user something, wrapped at 80 columns. */
  tell(meaning: Meaning, label: string, text: string): void
  /** Prints a line of talk as it is. */
  talk(meaning: Meaning, line: string): void
  /** Colours text for standard output. */
  paint(meaning: Meaning, text: string): string
}

const HANG = 2

/** What is told: a label and a text whose later lines hang below it. */
const told = (label: string, text: string) => beside(HANG, `${label}: ${text}`).join('\n')

function colour(meaning: Meaning, text: string): string {
  const [on, off] = COLOURS[meaning]
  return `\u001b[${on}m${text}\u001b[${off}m`
}

/** Makes the output of a command. */
export function createOutput(
  flags: { readonly json: boolean; readonly verbose: boolean; readonly color: boolean },
  streams: { readonly out: Stream; readonly err: Stream },
): Output {
  const painter = (stream: Stream) => (meaning: Meaning, text: string) =>
    flags.color && stream.isTerminal ? colour(meaning, text) : text
  const paintError = painter(streams.err)
  return {
    json: flags.json,
    verbose: flags.verbose,
    isTerminal: streams.out.isTerminal,
    paint: painter(streams.out),
    object: (value) => streams.out.write(toJsonLine(value)),
    line: (text) => streams.out.write(`${text}\n`),
    talk: (meaning, line) => streams.err.write(`${paintError(meaning, line)}\n`),
    tell: (meaning, label, text) =>
      streams.err.write(`${paintError(meaning, label)}${told(label, text).slice(label.length)}\n`),
  }
}
