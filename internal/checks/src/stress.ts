// Runs `npm test` again and again while loops keep every core busy: no outcome may depend on how fast
// the machine is. Usage: stress.ts [--loops 4] [--runs 3]. Ends only the loops that it started.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs, stripVTControlCharacters } from 'node:util'

import { ROOT } from '@internal/testkit/repository'

interface StressRun {
  readonly seconds: number
  readonly count: string
  readonly isGood: boolean
  readonly failures: readonly string[]
}

const { values } = parseArgs({
  options: {
    loops: { type: 'string', default: '4' },
    runs: { type: 'string', default: '3' },
  },
})

const CLOSING = /^\d+ passed, \d+ failed$/gm
const FAILURE = /^(?:--- [\w-]+: FAILED|FAIL |.* FAIL {2}).*$/gm

const startLoop = () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })

async function endLoop(loop: ChildProcess): Promise<void> {
  const ended = once(loop, 'exit')
  if (loop.kill('SIGKILL')) await ended
}

/** Runs the checks as a user would, and keeps the lines that say what failed. */
async function runTests(): Promise<StressRun> {
  const started = performance.now()
  const child = spawn('npm', ['test'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk
      process.stdout.write(chunk)
    })
  }
  const [status]: unknown[] = await once(child, 'close')
  const output = stripVTControlCharacters(printed)
  const failures = Array.from(output.matchAll(FAILURE), ([line]) => line.trim())
  return {
    seconds: (performance.now() - started) / 1000,
    count: Array.from(output.matchAll(CLOSING), ([line]) => line).at(-1) ?? 'no count',
    isGood: status === 0,
    failures: [...new Set(failures)],
  }
}

const loops = Array.from({ length: Number(values.loops) }, startLoop)
const abandon = () => loops.forEach((loop) => loop.kill('SIGKILL'))
process.once('exit', abandon)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

const runs: StressRun[] = []
for (let run = 0; run < Number(values.runs); run += 1) runs.push(await runTests())
await Promise.all(loops.map(endLoop))

console.log(`\nnpm test, beside ${loops.length} busy loops:`)
console.log('run   seconds   result')
for (const [index, { seconds, count, isGood, failures }] of runs.entries()) {
  const result = isGood ? count : `${count}, FAILED`
  console.log(`${String(index + 1).padEnd(6)}${seconds.toFixed(0).padStart(7)}   ${result}`)
  for (const failure of failures) console.log(`                ${failure}`)
}
process.exitCode = runs.length > 0 && runs.every(({ isGood }) => isGood) ? 0 : 1
