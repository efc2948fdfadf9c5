// Writes the reference, and removes what no definition makes any more.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { ROOT } from '@internal/testkit/repository'

import { makeDocuments } from './documents.ts'

const FOLDER = join(ROOT, 'docs/reference')

const documents = await makeDocuments()
mkdirSync(FOLDER, { recursive: true })
for (const name of readdirSync(FOLDER)) {
  if (!documents.has(name)) rmSync(join(FOLDER, name))
}
for (const [name, text] of documents) writeFileSync(join(FOLDER, name), text)
console.log(`docs/reference: ${documents.size} files`)
