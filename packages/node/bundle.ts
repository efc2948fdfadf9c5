// Joins what the transport needs of undici into one ES module, for bundles and for Bun.
// See docs/decisions/0017.
import { readFileSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build, type Plugin } from 'esbuild'

const UNDICI = dirname(fileURLToPath(import.meta.resolve('undici')))

/** Only what `src/transport/undici-transport.ts` takes: undici's index also sets up the global fetch. */
const ENTRY = `
export { default as Pool } from './lib/dispatcher/pool.js'
export { default as Dispatcher } from './lib/dispatcher/dispatcher.js'
export { default as buildConnector } from './lib/core/connect.js'
`

/** An ES module has no `require`, and some modules of Node.js are asked for only where they exist. */
const builtin = (name: string) => `
const found = process.getBuiltinModule('${name}')
if (found === undefined) throw new Error('This runtime has no ${name}.')
module.exports = found
`

/** Form data and fetch are a third of undici; a request of ours is bytes. */
const UNUSED = /\/web\/fetch\/body\.js$/

const standAlone: Plugin = {
  name: 'stand-alone',
  setup(bundler) {
    bundler.onResolve({ filter: /./ }, ({ path }) => {
      if (isBuiltin(path))
        return { path: `node:${path.replace('node:', '')}`, namespace: 'builtin' }
      return UNUSED.test(path) ? { path, namespace: 'unused' } : undefined
    })
    bundler.onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: builtin(path),
    }))
    bundler.onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: '' }))
  },
}

await build({
  stdin: { contents: ENTRY, resolveDir: UNDICI, sourcefile: 'entry.js' },
  outfile: 'undici.js',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  logLevel: 'warning',
  plugins: [standAlone],
})

const { name, version, license } = JSON.parse(readFileSync(join(UNDICI, 'package.json'), 'utf8'))
const terms = readFileSync(join(UNDICI, 'LICENSE'), 'utf8').trim()
writeFileSync(
  'NOTICE',
  `@llpay/node contains code of this package, in undici.js.\n\n${name} ${version} (${license})\n\n${terms}\n`,
)
