import { styleText } from 'node:util'

import { toJsonLine } from './escape.ts'
import { inLanguage, t, type Language, type Text } from './language.ts'
import { beside, rows } from './layout.ts'
import type { Stream } from './stream.ts'

/**
 * What a colour means; there are no others. None is unreadable on a light or a dark background, as
 * yellow is on white, and only labels are faint.
 */
export type Meaning = 'good' | 'bad' | 'careful' | 'faint'

const STYLES = { good: 'green', bad: 'red', careful: 'magenta', faint: 'dim' } as const

/** A name, and what belongs to it; where that is missing, the row is left out. */
export type Entry = readonly [name: Text, text: Text | undefined]

/** Where a command prints: data to standard output, talk to standard error. */
export interface Output {
  readonly json: boolean
  readonly verbose: boolean
  /** Whether a person may be reading standard output. */
  readonly isTerminal: boolean
  readonly language: Language
  /** How many columns a line of standard output may take: 80 to 120. */
  readonly width: number
  /** The same of standard error. */
  readonly talkWidth: number
  /** Whether nothing more can be written to standard output. */
  readonly isClosed: boolean
  /** Whether an object was printed. */
  readonly hasObject: boolean
  /** A text in the language of the output. */
  say(text: Text): string
  /** Prints the one JSON object. */
  object(value: unknown): void
  /** Prints a line of data. */
  line(text: Text): void
  /** Prints names and what belongs to them in two columns. */
  rows(entries: readonly Entry[]): void
  /** Tells the user something, wrapped where the terminal ends. */
  tell(meaning: Meaning, label: Text, text: Text): void
  /** Tells what went wrong, and the next step where there is one. */
  fail(message: Text, hint?: Text): void
  /** Prints a line of talk as it is. */
  talk(line: Text): void
  /** Prints names and what belongs to them as talk. */
  talkRows(entries: readonly Entry[]): void
  /** Colours text for standard output. */
  paint(meaning: Meaning, text: Text): string
}

const HANG = 2
const COLON = { en: ': ', zh: '：' } as const

/** How a command prints. */
export interface OutputOptions {
  readonly json: boolean
  readonly verbose: boolean
  readonly color: boolean
  readonly language: Language
}

/** Makes the output of a command; `--json` is English always. */
export function createOutput(
  { json, verbose, color, language: chosen }: OutputOptions,
  { out, err }: { readonly out: Stream; readonly err: Stream },
): Output {
  const language = json ? 'en' : chosen
  const say = (text: Text) => inLanguage(text, language)
  const painter = (stream: Stream) => (meaning: Meaning, text: Text) =>
    color && stream.isTerminal
      ? styleText(STYLES[meaning], say(text), { validateStream: false })
      : say(text)
  const paintError = painter(err)
  const lay = (entries: readonly Entry[], { width }: Stream) =>
    rows(
      entries.flatMap(([name, text]) =>
        text === undefined ? [] : [[say(name), say(text)] as const],
      ),
      width,
    )
  const tell = (meaning: Meaning, label: Text, text: Text) => {
    const head = say(label)
    const lines = beside(HANG, `${head}${COLON[language]}${say(text)}`, err.width).join('\n')
    err.write(`${paintError(meaning, head)}${lines.slice(head.length)}\n`)
  }
  const talk = (line: Text) => err.write(`${say(line)}\n`)
  let hasObject = false
  return {
    json,
    verbose,
    isTerminal: out.isTerminal,
    language,
    get width() {
      return out.width
    },
    get talkWidth() {
      return err.width
    },
    get isClosed() {
      return out.isClosed
    },
    get hasObject() {
      return hasObject
    },
    say,
    paint: painter(out),
    object(value) {
      hasObject = true
      out.write(toJsonLine(value))
    },
    line: (text) => out.write(`${say(text)}\n`),
    rows(entries) {
      for (const line of lay(entries, out)) out.write(`${line}\n`)
    },
    talk,
    talkRows(entries) {
      for (const line of lay(entries, err)) talk(line)
    },
    tell,
    fail(message, hint) {
      tell('bad', t('error', '错误'), message)
      if (hint !== undefined) tell('careful', t('next', '下一步'), hint)
    },
  }
}
