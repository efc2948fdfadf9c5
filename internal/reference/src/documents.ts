import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { listEntries, listOffered, findHelp, TOPICS } from '@internal/sources/cli-program'
import { ROOT } from '@internal/testkit/repository'
import { format } from 'oxfmt'

import { composedPage } from './composed-page.ts'
import { endpointPage } from './endpoint-page.ts'
import { errorsPage } from './errors-page.ts'
import { notificationsPage } from './notifications-page.ts'
import { openApiDocument } from './openapi.ts'
import { returnCodesPage } from './return-codes-page.ts'
import { listApis, signSample } from './sign-sample.ts'
import { fenced, page, WORDS, LANGUAGES, pageName } from './words.ts'

const PAGE = {
  say: (text: string | { readonly en: string }) => (typeof text === 'string' ? text : text.en),
  width: 80,
  language: 'en',
} as const

/** The page with the help of every command and topic, as `llpay` prints it. */
async function cliPage(): Promise<string> {
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

/** The files of the reference: their text by their name. */
export type Documents = ReadonlyMap<string, string>

const FORMAT = join(ROOT, '.oxfmtrc.json')

/** Formats a file as the repository's formatter would. */
async function formatted(name: string, text: string): Promise<[string, string]> {
  const { code, errors } = await format(name, text, JSON.parse(readFileSync(FORMAT, 'utf8')))
  if (errors.length > 0) throw new Error(`${name} cannot be formatted: ${errors[0]?.message}`)
  return [name, code]
}

/** Makes the whole reference from the definitions. */
export async function makeDocuments(): Promise<Documents> {
  const entries = await Promise.all(
    listApis().map(async (api) => [api, await signSample(api)] as const),
  )
  const pages = LANGUAGES.flatMap((language): [string, string][] => [
    ...entries.map(([api, sample]): [string, string] => [
      pageName(api.id, language),
      endpointPage(api, sample, language),
    ]),
    [pageName('composed', language), composedPage(language)],
    [pageName('notifications', language), notificationsPage(language)],
    [pageName('return-codes', language), returnCodesPage(language)],
    [pageName('errors', language), errorsPage(language)],
  ])
  const openApi = JSON.stringify(openApiDocument(entries), undefined, 2)
  const texts: [string, string][] = [
    ...pages,
    ['cli.md', await cliPage()],
    ['openapi.json', openApi],
  ]
  return new Map(await Promise.all(texts.map(([name, text]) => formatted(name, text))))
}
