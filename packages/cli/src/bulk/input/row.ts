/** What a line of the input says, before it is known to be a job. */
export interface Row {
  /** Where it begins in the file; the first line is 1. */
  readonly line: number
  readonly value: unknown
}
