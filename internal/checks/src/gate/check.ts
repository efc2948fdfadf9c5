/** One step of the gate: a command that must end well, in time. */
export interface Check {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  /** The name before the colon of the line with the totals that the command ends with. */
  readonly totals?: string
  /** What the output must contain. */
  readonly output?: RegExp
  /** Nothing after it makes sense when it fails. */
  readonly required?: true
  /** When to stop a command that hangs (default: 20 minutes). No outcome depends on it. */
  readonly timeoutSeconds?: number
}

/** How a command ended and what it printed. */
export interface Ending {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly timedOut: boolean
  /** Why the command could not be started. */
  readonly notStarted?: string
  readonly output: string
}

/** What a step adds to the sum. */
export interface Count {
  readonly passed: number
  readonly failed: number
}
