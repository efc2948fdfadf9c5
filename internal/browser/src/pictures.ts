// Makes the pictures of the README from the running page and command line: `npm run pictures`.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { ROOT } from '@internal/testkit/repository'

import { launch } from './page.ts'
import { recordTerminal } from './pictures/terminal.ts'
import { takeScreenshots } from './questions/pictures.ts'

const FOLDER = join(ROOT, 'docs/console')

/** The port that the pictures show. */
const PORT = 8090

writeFileSync(join(FOLDER, 'terminal.svg'), await recordTerminal())
const browser = await launch()
try {
  for (const [name, bytes] of await takeScreenshots(browser, PORT)) {
    writeFileSync(join(FOLDER, name), bytes)
  }
} finally {
  await browser.close()
}
