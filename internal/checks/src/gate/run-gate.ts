import { stripVTControlCharacters } from 'node:util'

import { type Check, type Count, type Ending, runCommand, type Running } from './run-command.ts'

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

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

function announce({ complaints, failed, name, seconds }: Finished): void {
  for (const complaint of complaints) say(`${name} ${complaint}`)
  say(`--- ${name}: ${failed === 0 ? 'ok' : 'FAILED'} in ${seconds.toFixed(1)} s`)
}

interface Finished extends StepResult {
  readonly name: string
  readonly seconds: number
}

const summarize = ({ passed, failed }: Count, skipped: readonly string[]): string => {
  const reasons = skipped.map((each) => `\nskipped ${each}`).join('')
  return `${reasons}\n${passed} passed, ${failed} failed`
}

/**
 * Runs the checks one after another, lists what was skipped and why, and ends with the closing line
 * `N passed, N failed`, also when the process is interrupted or breaks. Its exit code is 0 only when all passed.
 */
export async function runGate(checks: readonly Check[], cwd: string): Promise<void> {
  const sum = { passed: 0, failed: 0 }
  const skipped: string[] = []
  let running: Running | undefined
  let closed = false

  const close = (): void => {
    closed = true
    if (sum.passed === 0) sum.failed ||= 1
    process.exitCode = sum.failed === 0 ? 0 : 1
    say(summarize(sum, skipped))
  }
  const die = (why: string): void => {
    if (closed) return
    running?.stop('SIGKILL')
    sum.failed += 1
    say(`\n${why}`)
    close()
  }
  const dieNow = (why: string) => (): void => {
    die(why)
    process.exit(1)
  }
  process.once('SIGINT', dieNow('The gate was interrupted.'))
  process.once('SIGTERM', dieNow('The gate was reported to stop.'))
  process.once('uncaughtException', (error) => dieNow(`The gate broke: ${error.stack}`)())
  process.once('exit', () => die('The gate ended before its checks did.'))

  const finish = async (check: Check): Promise<Finished> => {
    const start = performance.now()
    running = runCommand(check, cwd, (chunk) => process.stdout.write(chunk))
    const result = countResults(check, await running.ended)
    running = undefined
    return { ...result, name: check.name, seconds: (performance.now() - start) / 1000 }
  }

  for (const [index, check] of checks.entries()) {
    say(`\n=== ${check.name}: ${check.command.join(' ').replace(process.execPath, 'node')}`)
    const finished = await finish(check)
    sum.passed += finished.passed
    sum.failed += finished.failed
    skipped.push(...finished.skipped.map((each) => `${finished.name}: ${each}`))
    announce(finished)

    const rest = checks.slice(index + 1)
    if (finished.failed > 0 && check.required === true && rest.length > 0) {
      sum.failed += rest.length
      say(`\nNot run without ${check.name}: ${rest.map(({ name }) => name).join(', ')}`)
      break
    }
  }
  close()
}
