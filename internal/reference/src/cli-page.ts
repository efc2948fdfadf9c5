import { listEntries, listOffered, findHelp, TOPICS } from '@internal/sources/cli-program'

import { fenced, page } from './markdown.ts'
import { WORDS } from './words.ts'

const PAGE = {
  say: (text: string | { readonly en: string }) => (typeof text === 'string' ? text : text.en),
  width: 80,
  language: 'en',
} as const

/** The page with the help of every command and topic, as `llpay` prints it. */
export async function cliPage(): Promise<string> {
  const entries = listEntries()
  const help = async (words: string, isTopic = false) =>
    (await findHelp(entries, words.split(' ').filter(Boolean), { output: PAGE, isTopic })) ?? ''
  const commands = await Promise.all(
    listOffered(entries).map(async ({ words }) => [
      `## llpay ${words}`,
      fenced('text', await help(words)),
    ]),
  )
  const topics = await Promise.all(
    Object.keys(TOPICS).map(async (topic) => [
      `## llpay help ${topic}`,
      fenced('text', await help(topic, true)),
    ]),
  )
  return page([
    '# The command line',
    'What `llpay --help`, `llpay COMMAND --help` and `llpay help TOPIC` print.',
    fenced('text', await help('')),
    ...commands.flat(),
    ...topics.flat(),
    `*${WORDS.generated.en}*`,
  ])
}
