/** What a line of the input says, before it is known to be a job. */
export interface Row {
  /** Where it begins in the file; the first line is 1. */
  readonly line: number
  /** How many bytes of the file were read when it was. */
  readonly bytes: number
  readonly value: unknown
}
