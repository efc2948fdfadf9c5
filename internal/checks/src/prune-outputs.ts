import { existsSync, globSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { ROOT } from '@internal/testkit/repository'

// tsc leaves the outputs of deleted sources behind, and a package would publish them.
for (const state of globSync('packages/*/*/.tsbuildinfo', { cwd: ROOT })) {
  const folder = join(ROOT, dirname(state))
  for (const path of globSync('**/*.{js,d.ts,js.map,d.ts.map}', { cwd: folder })) {
    const source = path.replace(/\.(?:js|d\.ts)(?:\.map)?$/, '.ts')
    if (existsSync(join(folder, '../src', source))) continue
    rmSync(join(folder, path))
    console.log(`${dirname(state)}/${path} has lost its source and was removed.`)
  }
}
