/** One line of a table: what something costs. */
export interface Row {
  readonly name: string
  /**
   * `ours` is measured, `limit` is what nothing can do without, `peer` is what others take, and `part`
   * is what RSA alone takes of each.
   */
  readonly role: 'ours' | 'limit' | 'peer' | 'part'
  readonly value: number
  /** False for a peer that does no RSA. */
  readonly signs?: false
}

/** What was measured side by side, in one run. */
export interface Group {
  readonly title: string
  /** What the values are, such as `µs of CPU per call`. */
  readonly unit: string
  readonly rows: readonly Row[]
  /** The most times the limit that the goal allows. */
  readonly goal?: number
}

/** How a bench is to be run. */
export interface BenchOptions {
  /** Few rounds, for CI: ratios are rougher then. */
  readonly short: boolean
}

/** Measures something, and gives one table after another, each as soon as it is measured. */
export type Bench = (options: BenchOptions) => AsyncIterable<Group>

/** The value of the first row of a role. */
export function valueOf({ rows }: Group, role: Row['role']): number | undefined {
  return rows.find((row) => row.role === role)?.value
}

/** What RSA alone takes; `undefined` where it was not measured. */
export const partOf = (group: Group): number | undefined => valueOf(group, 'part')

/** How many times the limit ours is; `undefined` where either was not measured. */
export function ratioToLimit(group: Group): number | undefined {
  const [ours, limit] = [valueOf(group, 'ours'), valueOf(group, 'limit')]
  return ours === undefined || limit === undefined || limit === 0 ? undefined : ours / limit
}
