import type { Outcome } from './suite/case.ts'

/** What came of the suite in one place. */
export interface Row {
  readonly name: string
  readonly backends: string
  readonly outcomes: readonly Outcome[]
  readonly seconds: number
}

/** Prints rows as they come, and counts. */
export interface Table {
  add(row: Row): void
  /** A place that is not installed, which is a failure unless it is optional. */
  addMissing(name: string, optional: boolean): void
  /** Ends with the line of totals, and sets the exit code. */
  close(): void
}

const line = (name: string, backends: string, result: string) =>
  console.log(`${name.padEnd(15)} ${backends.padEnd(38)} ${result}`)

/** Opens the table of the runtimes. */
export function openTable(): Table {
  let passed = 0
  let failed = 0
  let skipped = 0
  line('runtime', 'MD5 sign/verify, SHA-256 sign/verify', 'cases passed')
  return {
    add({ name, backends, outcomes, seconds }) {
      const bad = outcomes.filter(({ error }) => error !== undefined)
      const good = outcomes.length - bad.length
      line(name, backends, `${good}/${outcomes.length} in ${seconds.toFixed(1)} s`)
      for (const each of bad) console.log(`  ${each.name}: ${each.error}`)
      if (outcomes.length === 0) console.log('  no case was run')
      passed += good
      failed += outcomes.length === 0 ? 1 : bad.length
    },
    addMissing(name, optional) {
      if (optional) skipped += 1
      else failed += 1
      console.log(`${optional ? 'skip' : 'FAIL'} ${name}: it is not installed`)
    },
    close() {
      console.log(`runtimes: ${passed} passed, ${failed} failed, ${skipped} skipped`)
      process.exitCode = failed === 0 && passed > 0 ? 0 : 1
    },
  }
}
