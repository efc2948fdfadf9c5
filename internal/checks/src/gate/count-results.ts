import { stripVTControlCharacters } from 'node:util'

import type { Check, Count, Ending } from './check.ts'

/** The count of a step, and why it is not what the step itself may have said. */
export interface Verdict extends Count {
  readonly complaints: readonly string[]
}

const TOTALS = /^(?<name>[\w-]+): (?<passed>\d+) passed, (?<failed>\d+) failed(?:, \d+ skipped)?$/gm

function readTotals(name: string, output: string): Count {
  const count = { passed: 0, failed: 0 }
  for (const { groups = {} } of output.matchAll(TOTALS)) {
    if (groups['name'] !== name) continue
    count.passed += Number(groups['passed'])
    count.failed += Number(groups['failed'])
  }
  return count
}

function howItEnded({ exitCode, notStarted, signal, timedOut }: Ending): string | undefined {
  if (notStarted !== undefined) return `could not be started: ${notStarted}`
  if (timedOut) return 'ran out of time and was stopped'
  if (signal !== null) return `was ended by ${signal}`
  return exitCode === 0 ? undefined : `ended with exit code ${exitCode}`
}

/**
 * Counts what a step proved. A crash, a timeout, missing output and zero tests are failures, whatever
 * the step's own line says.
 */
export function countResults(check: Check, ending: Ending): Verdict {
  const output = stripVTControlCharacters(ending.output).replaceAll('\r\n', '\n')
  const ended = howItEnded(ending)
  const counted =
    check.totals === undefined
      ? { passed: ended === undefined ? 1 : 0, failed: 0 }
      : readTotals(check.totals, output)
  const complaints: string[] = []
  if (ended !== undefined && counted.failed === 0) complaints.push(ended)
  if (check.output !== undefined && !check.output.test(output)) {
    complaints.push(`did not print ${check.output}`)
  }
  if (check.totals !== undefined && counted.passed + counted.failed === 0) {
    complaints.push(`ran no test, or never printed "${check.totals}: N passed, N failed"`)
  }
  return {
    passed: complaints.length > 0 && check.totals === undefined ? 0 : counted.passed,
    failed: counted.failed + (complaints.length > 0 ? 1 : 0),
    complaints,
  }
}
