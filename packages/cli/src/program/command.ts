import type { Phrase, Text } from '../output/language.ts'
import type { Output } from '../output/output.ts'
import type { Flag, Positional } from './flags.ts'
import type { GivenFlags } from './parse-flags.ts'

/** A paragraph, or rows in two columns. */
export type Block = Text | readonly (readonly [name: Text, text: Text])[]

export const isParagraph = (block: Block): block is Text => !Array.isArray(block)

/** A command line that can be tried, and what it does. */
export type Example = readonly [what: Phrase, command: string]

/** What a command is given. */
export interface Invocation {
  readonly flags: GivenFlags
  readonly output: Output
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal
  /** Every command there is, for the ones that list them. */
  readonly entries: readonly Entry[]
}

/** What a command takes and does. */
export interface Command {
  readonly flags: readonly Flag[]
  /** What may follow the words without a flag (default: nothing). */
  readonly args?: readonly Positional[]
  /** More for the help text, below the flags. */
  readonly notes?: readonly Block[]
  /** Two or three, simplest first. */
  readonly examples: readonly Example[]
  /** What it takes from the environment, by the names in `variables.ts`. */
  readonly variables?: readonly string[]
  /** Runs it, and gives the exit status. */
  run(invocation: Invocation): Promise<number>
}

/** A command by its name; what it takes is loaded when it is called. */
export interface Entry {
  /** The words that call it, as the user writes them. */
  readonly words: string
  /** A short name that calls it as well. */
  readonly alias?: string
  readonly summary: Phrase
  /** The endpoint's id, for the JSON object. */
  readonly api: string | null
  /** Whether only scripts call it. */
  readonly hidden?: boolean
  load(): Promise<Command>
}
