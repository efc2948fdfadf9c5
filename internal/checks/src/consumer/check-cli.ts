import { join } from 'node:path'

import { runTool, type ToolResult } from '../pack/run-tool.ts'
import type { Question } from '../report.ts'
import { readManifest } from '../repository.ts'
import type { Consumer } from './install-packed.ts'
import { startSandbox } from './start-sandbox.ts'

const UNBIND = ['unbind', '--json', '--user-id', '1234567', '--no-agree', '2014031710002121']

/** What a merchant sees: the card goes, and is gone. */
const CALLS = [
  {
    args: [...UNBIND, '--pay-type', 'D'],
    exitCode: 0,
    answer: /^\{"ok":true,.*"outcome":"unbound",.*"ret_code":"0000",.*"signature":"verified"/,
  },
  {
    args: [...UNBIND, '--pay-type', 'D'],
    exitCode: 3,
    answer: /^\{"ok":false,.*"code":"ERR_REJECTED",.*"returnCode":"3003"/,
  },
] as const

function complain(result: ToolResult, exitCode: number, answer: RegExp): string[] {
  const fine = result.exitCode === exitCode && answer.test(result.output)
  return fine
    ? []
    : [`exit code ${result.exitCode}, not ${exitCode}, or not ${answer}:`, result.output]
}

/** Asks the installed command line for its version, its help, and to unbind a card. */
export function askCli({ folder }: Consumer, version: string, node: string): Question[] {
  const home = join(folder, 'node_modules/@llpay/cli')
  const { bin = {}, version: release } = readManifest(home)
  const llpay = [node, join(home, bin['llpay'] ?? '')] as const
  const call = (args: readonly string[], env: NodeJS.ProcessEnv = {}): ToolResult =>
    runTool([...llpay, ...args], folder, env)
  return [
    {
      name: `llpay --version in Node ${version}`,
      ask: () => {
        const { output } = call(['--version'])
        return output === release ? [] : [output]
      },
    },
    {
      name: `llpay --help in Node ${version}`,
      ask: () => complain(call(['--help']), 0, /\bunbind\b.*\bsandbox\b/s),
    },
    {
      name: `llpay unbinds a card, once, in Node ${version}`,
      ask: async () => {
        const sandbox = await startSandbox(llpay, folder)
        try {
          return CALLS.flatMap(({ answer, args, exitCode }) =>
            complain(call(args, sandbox.environment), exitCode, answer),
          )
        } finally {
          await sandbox.stop()
        }
      },
    },
  ]
}
