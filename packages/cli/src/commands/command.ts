import type { Flag, Positional } from '../args/flag.ts'
import type { GivenFlags } from '../args/parse-flags.ts'
import type { Block } from '../output/blocks.ts'
import type { Output } from '../output/output.ts'

/** What a command is given. */
export interface Invocation {
  readonly flags: GivenFlags
  readonly output: Output
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal
}

/** What a command takes and does. */
export interface Command {
  readonly flags: readonly Flag[]
  /** What may follow the words without a flag; nothing unless told. */
  readonly args?: readonly Positional[]
  /** More for the help text, below the flags. */
  readonly notes?: readonly Block[]
  /** Whether it takes the configuration of a call from the environment. */
  readonly readsEnvironment?: boolean
  /** Runs it, and gives the exit status. */
  run(invocation: Invocation): Promise<number>
}

/** A command by its name; what it takes is loaded when it is called. */
export interface Entry {
  /** The words that call it, as the user writes them. */
  readonly words: string
  readonly summary: string
  /** The endpoint's id, for the JSON object. */
  readonly api: string | null
  /** Whether only scripts call it. */
  readonly hidden?: boolean
  load(): Promise<Command>
}
