// Says whether docs/reference is what the definitions make, and whether its OpenAPI document holds.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { report } from '../../checks/src/report.ts'
import { listApis } from './apis.ts'
import { checkMessages } from './check/check-messages.ts'
import { checkOpenApi } from './check/check-open-api.ts'
import { checkSignatures } from './check/check-signatures.ts'
import { makeDocuments } from './documents.ts'
import { signSample } from './sign-sample.ts'

const FOLDER = fileURLToPath(new URL('../../../docs/reference/', import.meta.url))
const AGAIN = 'Run npm run reference.'

const documents = await makeDocuments()
const written = readdirSync(FOLDER)
const openApi: unknown = JSON.parse(documents.get('openapi.json') ?? '{}')

await report('reference', [
  {
    name: `${documents.size} files are what the definitions make`,
    ask: () =>
      [...documents].flatMap(([name, text]) => {
        if (!written.includes(name)) return [`${name} is missing. ${AGAIN}`]
        return readFileSync(join(FOLDER, name), 'utf8') === text ? [] : [`${name} is old. ${AGAIN}`]
      }),
  },
  {
    name: 'there is no other file',
    ask: () =>
      written.flatMap((name) =>
        documents.has(name) ? [] : [`${name} comes from nowhere. ${AGAIN}`],
      ),
  },
  { name: 'openapi.json is OpenAPI 3.1', ask: () => checkOpenApi(openApi) },
  ...listApis().flatMap((api) => [
    {
      name: `the schemas of ${api.id} take its sample and refuse what is wrong`,
      ask: async () => checkMessages(openApi, api, await signSample(api)),
    },
    {
      name: `the sample of ${api.id} is signed as OpenSSL would`,
      ask: async () => checkSignatures(api, await signSample(api)),
    },
  ]),
])
