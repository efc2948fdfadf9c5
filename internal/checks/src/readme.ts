// Does what README.md says, the way its reader would: the example from Node and the lines for the
// terminal, against a sandbox.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { temporaryFolder } from './pack/temporary-folder.ts'
import { report } from './report.ts'
import { ROOT } from './repository.ts'

const README = readFileSync(join(ROOT, 'README.md'), 'utf8')
const EXAMPLE = join(ROOT, 'examples/node/unbind.ts')
const LLPAY = join(ROOT, 'node_modules/.bin/llpay')

const codeBlocks = (language: string) =>
  Array.from(README.matchAll(/```(\w+)\n(.*?)```/gs)).flatMap(([, tag, code]) =>
    tag === language && code !== undefined ? [code] : [],
  )

interface Outcome {
  readonly status: number
  readonly stdout: string
}

function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(file, args, { env: { ...process.env, ...env } }, (error, stdout) => {
      const status = typeof error?.code === 'number' ? error.code : Number(error !== null)
      resolve({ status, stdout })
    })
  })
}

/** Starts a sandbox as README's line says, lets something use it, and ends it. */
async function withSandbox<T>(use: (env: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
  const keys = join(temporaryFolder('readme'), 'sandbox-keys')
  const child = spawn(LLPAY, ['sandbox', '--port', '0', '--keys', keys, '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const closed = once(child, 'close')
  try {
    const started = await Promise.race([once(createInterface(child.stdout), 'line'), closed])
    return await use(JSON.parse(String(started[0])).sandbox.environment)
  } finally {
    child.kill()
    await closed
  }
}

const expectOutcome = (what: string, { status, stdout }: Outcome, wanted: number, text: RegExp) =>
  status === wanted && text.test(stdout)
    ? []
    : [`${what}: exit ${status} where ${wanted} was expected, and printed ${stdout}`]

/** How each line for the terminal must end: exit status and what it prints. */
const LINES: readonly (readonly [start: string, status: number, prints: RegExp])[] = [
  ['llpay unbind', 0, /^unbound$/m],
  ['llpay unbind', 0, /^canonical {2}no_agree=/m],
  ['llpay unbind', 3, /"returnCode":"3003"/],
  ['llpay card ensure-unbound', 0, /^not-bound/m],
  ['llpay card list', 0, /^/],
  ['llpay card unbind --help', 0, /--user-id/],
]

async function askLines(env: NodeJS.ProcessEnv): Promise<string[]> {
  const block = codeBlocks('sh').find((code) => code.includes('llpay sandbox')) ?? ''
  const [, ...lines] = block.trim().split('\n')
  const problems = lines.length === LINES.length ? [] : ['README has other lines than the check']
  for (const [index, line] of lines.entries()) {
    const [start, status, prints] = LINES[index] ?? ['', 0, /^/]
    if (!line.startsWith(start)) problems.push(`README says ${line} where ${start} was expected`)
    const [command = ''] = line.split('#')
    const outcome = await run(LLPAY, command.trim().split(' ').slice(1), env)
    problems.push(...expectOutcome(line, outcome, status, prints))
  }
  return problems
}

await report('readme', [
  {
    name: 'the example from Node is examples/node/unbind.ts',
    ask() {
      const [, ...lines] = readFileSync(EXAMPLE, 'utf8').split('\n')
      return codeBlocks('ts').includes(lines.join('\n')) ? [] : ['they differ']
    },
  },
  {
    name: 'the example from Node unbinds a card',
    ask: () =>
      withSandbox(async (env) =>
        expectOutcome(
          'the example',
          await run(process.execPath, [EXAMPLE], env),
          0,
          /^unbound signed-reply$/m,
        ),
      ),
  },
  { name: 'the lines for the terminal do what they say', ask: () => withSandbox(askLines) },
])
