import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { ROOT } from '@internal/testkit/repository'
import { format } from 'oxfmt'

import { cliPage } from './cli-page.ts'
import { composedPage } from './composed-page.ts'
import { endpointPage } from './endpoint-page.ts'
import { errorsPage } from './errors-page.ts'
import { notificationsPage } from './notifications-page.ts'
import { openApiDocument } from './openapi.ts'
import { returnCodesPage } from './return-codes-page.ts'
import { listApis, signSample } from './sign-sample.ts'
import { LANGUAGES, pageName } from './words.ts'

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
