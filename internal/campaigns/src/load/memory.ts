const MIB = 1_048_576

/** What a process holds, in MiB. */
export interface Memory {
  readonly resident: number
  /** Objects that are in use, right after a full collection. */
  readonly live: number
}

/** Collects what is unused, and measures the rest. Node must run with --expose-gc. */
export function measureMemory(): Memory {
  if (globalThis.gc === undefined) throw new Error('run this with node --expose-gc')
  globalThis.gc()
  const { rss, heapUsed, external } = process.memoryUsage()
  return { resident: rss / MIB, live: (heapUsed + external) / MIB }
}
