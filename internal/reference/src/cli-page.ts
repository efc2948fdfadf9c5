import { listEntries } from '../../../packages/cli/src/commands/entries.ts'
import { commandHelp, programHelp } from '../../../packages/cli/src/commands/help.ts'
import { TOPICS } from '../../../packages/cli/src/commands/topics.ts'
import { topicHelp } from '../../../packages/cli/src/help/topic-help.ts'
import { fenced, page } from './markdown.ts'
import { WORDS } from './words.ts'

/** The page with the help of every command and topic, as `llpay` prints it. */
export async function cliPage(): Promise<string> {
  const entries = listEntries().filter(({ hidden }) => hidden !== true)
  const commands = await Promise.all(
    entries.map(async (entry) => [
      `## llpay ${entry.words}`,
      fenced('text', commandHelp(entry, await entry.load())),
    ]),
  )
  return page([
    '# The command line',
    'What `llpay --help`, `llpay COMMAND --help` and `llpay help TOPIC` print.',
    fenced('text', programHelp(entries)),
    ...commands.flat(),
    ...Object.keys(TOPICS).flatMap((topic) => [
      `## llpay help ${topic}`,
      fenced('text', topicHelp(topic) ?? ''),
    ]),
    `*${WORDS.generated.en}*`,
  ])
}
