import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { runCli } from '@internal/testkit/cli'
import { startSandbox } from '@llpay/sandbox/node'

import { drawTerminal, type TypedCommand } from './draw-terminal.ts'

const CARD = '--user-id 1234567 --no-agree 2014031710002121'

/** What a reader sees typed, in this order. */
const COMMANDS = [
  `llpay unbind ${CARD} --pay-type 3`,
  `llpay unbind ${CARD} --pay-type D`,
  `llpay unbind ${CARD} --pay-type D`,
  'llpay code 3003',
]

/** Runs the commands against a sandbox, and draws what they print. */
export async function recordTerminal(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'llpay-recording-'))
  try {
    await using sandbox = await startSandbox({
      keys: folder,
      cards: [{ user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }],
    })
    const typed: TypedCommand[] = []
    for (const command of COMMANDS) {
      const { stdout, stderr } = await runCli(command.split(' ').slice(1), sandbox.env)
      typed.push({ command, output: stdout + stderr })
    }
    return drawTerminal(
      'llpay at a terminal: a card is unbound, and what is refused is said',
      typed,
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}
