import { spawn } from 'node:child_process'

import { CLI_FILE } from './run-cli.ts'

/** How a run at a terminal ended: what appeared on the screen, and the exit status. */
export interface TerminalRun {
  readonly status: number | null
  readonly output: string
}

/** What a terminal is like. */
export interface TerminalOptions {
  /** Typed before the command line is started: it has arrived when it starts. */
  readonly typedAhead?: string
  /** How wide it is. */
  readonly columns?: number
}

const quote = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`

/**
 * Runs the command line at a pseudo-terminal, which `script` of util-linux makes, and types each
 * reply when its question has appeared.
 *
 */
export async function runInTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  answers: readonly (readonly [question: string, answer: string])[],
  { typedAhead, columns = 80 }: TerminalOptions = {},
): Promise<TerminalRun> {
  const command = [process.execPath, CLI_FILE, ...args].map(quote).join(' ')
  const run = typedAhead === undefined ? command : `read -r _; exec ${command}`
  const prepared = `stty cols ${columns}; ${run}`
  const child = spawn('script', ['-qec', prepared, '/dev/null'], {
    env: { ...env, PATH: process.env['PATH'] ?? '', NO_COLOR: '1', SHELL: '/bin/sh' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  if (typedAhead !== undefined) child.stdin.write(`\r${typedAhead}`)
  let output = ''
  let seen = 0
  const left = [...answers]
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (chunk: string) => {
    output += chunk
    const [next] = left
    if (next === undefined) return
    const place = output.indexOf(next[0], seen)
    if (place < 0) return
    seen = place + next[0].length
    left.shift()
    child.stdin.write(`${next[1]}\r`)
  })
  const status = await new Promise<number | null>((resolve) => {
    child.once('close', resolve)
  })
  return { status, output }
}
