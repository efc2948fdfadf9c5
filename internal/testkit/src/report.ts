import { inspect } from 'node:util'

/** A named question with the problems it found: none means it passed. */
export interface Question {
  readonly name: string
  readonly ask: () => readonly string[] | Promise<readonly string[]>
}

/** What cannot be asked here, and why. */
export interface Skipped {
  readonly name: string
  readonly why: string
}

/**
 * Asks one question after another, lists what is skipped, and ends with the line that the gate sums.
 * What is skipped has not passed.
 */
export async function report(
  name: string,
  questions: Iterable<Question>,
  skipped: readonly Skipped[] = [],
): Promise<void> {
  const count = { passed: 0, failed: 0 }
  for (const question of questions) {
    const problems = await askSafely(question)
    count[problems.length === 0 ? 'passed' : 'failed'] += 1
    console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${question.name}`)
    for (const problem of problems) console.log(`     ${problem.replaceAll('\n', '\n     ')}`)
  }
  for (const each of skipped) console.log(`skip ${each.name}: ${each.why}`)
  const more = skipped.length > 0 ? `, ${skipped.length} skipped` : ''
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed${more}`)
  process.exitCode = count.failed === 0 && count.passed + skipped.length > 0 ? 0 : 1
}

async function askSafely({ ask }: Question): Promise<readonly string[]> {
  try {
    return await ask()
  } catch (error) {
    return [inspect(error)]
  }
}
