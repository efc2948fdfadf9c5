import { stripVTControlCharacters } from 'node:util'

import type { Check, Count, Ending } from './check.ts'

/** The count of a step, and why it differs from what the step itself may have printed. */
export interface StepResult extends Count {
  readonly complaints: readonly string[]
  /** What was skipped, each with its reason. */
  readonly skipped: readonly string[]
}

const TOTALS =
  /^(?<name>[\w-]+): (?<passed>\d+) passed, (?<failed>\d+) failed(?:, (?<skipped>\d+) skipped)?$/gm
const SKIPPED = /^skip (?<what>.+: .+)$/gm

function readTotals(name: string, output: string): Count & { readonly skipped: number } {
  const count = { passed: 0, failed: 0, skipped: 0 }
  for (const { groups = {} } of output.matchAll(TOTALS)) {
    if (groups['name'] !== name) continue
    count.passed += Number(groups['passed'])
    count.failed += Number(groups['failed'])
    count.skipped += Number(groups['skipped'] ?? 0)
  }
  return count
}

const readSkipped = (output: string): string[] =>
  Array.from(output.matchAll(SKIPPED), ({ groups = {} }) => groups['what'] ?? '')

function howItEnded({ exitCode, notStarted, signal, timedOut }: Ending): string | undefined {
  if (notStarted !== undefined) return `could not be started: ${notStarted}`
  if (timedOut) return 'ran out of time and was stopped'
  if (signal !== null) return `was ended by ${signal}`
  return exitCode === 0 ? undefined : `ended with exit code ${exitCode}`
}

/**
 * Counts what a step proved. A crash, a timeout, missing output, zero tests and tests that are skipped
 * without a reason are failures, whatever the step's own line says.
 */
export function countResults(check: Check, ending: Ending): StepResult {
  const output = stripVTControlCharacters(ending.output).replaceAll('\r\n', '\n')
  const ended = howItEnded(ending)
  const counted =
    check.totals === undefined
      ? { passed: ended === undefined ? 1 : 0, failed: 0, skipped: 0 }
      : readTotals(check.totals, output)
  const skipped = readSkipped(output)
  const complaints: string[] = []
  if (ended !== undefined && counted.failed === 0) complaints.push(ended)
  if (check.output !== undefined && !check.output.test(output)) {
    complaints.push(`did not print ${check.output}`)
  }
  if (check.totals !== undefined && counted.passed + counted.failed + skipped.length === 0) {
    complaints.push(`ran no test, or never printed "${check.totals}: N passed, N failed"`)
  }
  if (counted.skipped > skipped.length) {
    complaints.push(`skipped ${counted.skipped - skipped.length} without a reason`)
  }
  return {
    passed: complaints.length > 0 && check.totals === undefined ? 0 : counted.passed,
    failed: counted.failed + (complaints.length > 0 ? 1 : 0),
    complaints,
    skipped,
  }
}
