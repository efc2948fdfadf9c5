import type { Flag } from '../args/flag.ts'
import type { GivenFlags } from '../args/parse-flags.ts'
import type { Output } from '../output/output.ts'

/** What a command is given. */
export interface Invocation {
  readonly flags: GivenFlags
  readonly output: Output
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal
}

/** A command of the command line. */
export interface Command {
  /** The words that call it, as the user writes them. */
  readonly words: string
  readonly summary: string
  /** More for the help text, below the flags. */
  readonly notes?: readonly string[]
  readonly flags: readonly Flag[]
  /** The endpoint's id, for the JSON object. */
  readonly api: string | null
  /** Runs it, and gives the exit status. */
  run(invocation: Invocation): Promise<number>
}
