import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

import { CLI_FILE } from '@internal/testkit/cli'

/** The one JSON object that the command line prints. */
export type Answer = Readonly<Record<string, unknown>> & {
  readonly error?: Readonly<Record<string, unknown>>
}

/** The environment without what the reader may have set for real use. */
function withoutOwnSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('LLPAY_')))
}

/** Runs `llpay` with `--json`, and gives its reply and exit status. */
export async function runCli(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly answer: Answer; readonly status: number }> {
  const child = spawn(process.execPath, [CLI_FILE, ...args, '--json'], {
    env: { ...withoutOwnSettings(process.env), ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve(status ?? 1))
  })
  const answer: Answer = JSON.parse(await text(child.stdout))
  return { answer, status: await ended }
}

/** Runs `llpay` for a person, and gives the first thing that it says of a failure. */
export async function runInWords(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const child = spawn(process.execPath, [CLI_FILE, ...args], {
    env: { ...withoutOwnSettings(process.env), ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said = (await text(child.stderr)).replaceAll(/\n {2}/g, ' ')
  return said
    .split('\n', 1)
    .join('')
    .replace(/^[^:：]*[:：]\s*/, '')
}
