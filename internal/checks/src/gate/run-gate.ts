import type { Check, Count } from './check.ts'
import { countResults, type StepResult } from './count-results.ts'
import { runCommand, type Running } from './run-command.ts'

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
