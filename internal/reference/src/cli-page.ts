import { listCommands } from '../../../packages/cli/src/commands/find-command.ts'
import { commandHelp, programHelp } from '../../../packages/cli/src/commands/help.ts'
import { fenced, page } from './markdown.ts'
import { WORDS } from './words.ts'

/** The page with the help of every command, as `llpay` prints it. */
export async function cliPage(): Promise<string> {
  const commands = await listCommands()
  return page([
    '# The command line',
    'What `llpay --help` and `llpay COMMAND --help` print.',
    fenced('text', programHelp(commands)),
    ...commands.flatMap((command) => [
      `## llpay ${command.words}`,
      fenced('text', commandHelp(command)),
    ]),
    `*${WORDS.generated.en}*`,
  ])
}
