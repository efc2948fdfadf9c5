// Makes the pictures of the README from the running page and command line: `npm run pictures`.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { launch } from './open-browser.ts'
import { recordTerminal } from './pictures/record-terminal.ts'
import { takeScreenshots } from './pictures/take-screenshots.ts'

const FOLDER = fileURLToPath(new URL('../../../docs/console/', import.meta.url))

/** The port that the pictures show. */
const PORT = 8090

writeFileSync(`${FOLDER}terminal.svg`, await recordTerminal())
const browser = await launch()
try {
  for (const [name, bytes] of await takeScreenshots(browser, PORT)) {
    writeFileSync(FOLDER + name, bytes)
  }
} finally {
  await browser.close()
}
