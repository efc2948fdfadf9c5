// Writes the build of the console into one module, so that it travels inside the package and inside the
// bundle of the command line. See docs/decisions/0015.
import { copyFileSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

const BUILD = join(import.meta.dirname, '../../apps/console/dist')

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

const files = globSync('**/*.*', { cwd: BUILD })
  .toSorted()
  .map((name) => ({
    path: name === 'index.html' ? '/' : `/${name}`,
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    gzip: gzipSync(readFileSync(join(BUILD, name)), { level: 9 }).toString('base64'),
  }))
if (!files.some(({ path }) => path === '/')) throw new Error('The console is not built.')

writeFileSync(
  join(import.meta.dirname, 'console.js'),
  `export const CONSOLE_FILES = ${JSON.stringify(files, null, 2)}\n`,
)
copyFileSync(join(BUILD, 'NOTICE'), join(import.meta.dirname, 'NOTICE'))
