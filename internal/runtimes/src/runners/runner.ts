import type { SuiteBundles } from '../bundle-suite.ts'
import type { Gateway } from '../gateway/serve-gateway.ts'
import type { SuiteReport } from '../suite/run-suite.ts'

/** What a runner works with. */
export interface Stage {
  /** A folder for files, gone afterwards. */
  readonly folder: string
  readonly bundles: SuiteBundles
  readonly gateway: Gateway
}

/** Runs the suite in a runtime. Resolves to nothing where the runtime is not installed. */
export type Runner = (stage: Stage) => Promise<SuiteReport | undefined>

/** Only ends a runtime that hangs: the slowest takes a minute on a busy machine. */
export const TIMEOUT_MS = 900_000

/** Reads the report that a runtime printed or sent. */
export function readReport(text: string): SuiteReport {
  const report: SuiteReport = JSON.parse(text)
  return report
}
