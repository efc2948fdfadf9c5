// Joins the compiled modules of the command line into four files: loading a hundred small modules
// takes longer than signing does. See docs/decisions/0001.
import { readdirSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'

import { build as bundle, type BuildOptions, type Plugin } from 'esbuild'

/** Where a module stands, in a file that is CommonJS. */
const FILE_URL = 'const __fileUrl = require("node:url").pathToFileURL(__filename).href;'

const common: BuildOptions = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: ['srvx', 'undici'],
  logLevel: 'warning',
}

/** What every command loads is CommonJS: Node.js 20 needs a quarter of its start for its first ES module. */
const early: BuildOptions = {
  ...common,
  format: 'cjs',
  define: { 'import.meta.url': '__fileUrl' },
  banner: { js: FILE_URL },
}

/** What is loaded when it is called; srvx is an ES module. What these share is in files of its own. */
const late: BuildOptions = {
  ...common,
  format: 'esm',
  splitting: true,
  chunkNames: 'shared-[hash]',
  outExtension: { '.js': '.mjs' },
}

/** A file for each tool, so that none loads another. */
const tools = readdirSync('build/tools')
  .filter((name) => name.endsWith('.js'))
  .map((name) => [name.replace('.js', ''), `build/tools/${name}`])

/** Leaves the dynamic imports of a file to other files, and shares nothing with them. */
const leaveApart = (pattern: RegExp, extension: string): Plugin => ({
  name: 'apart',
  setup(build) {
    build.onResolve({ filter: pattern }, ({ kind, path }) =>
      kind === 'dynamic-import'
        ? { path: path.replace(/^.*\/(.*)\.js$/, `./$1${extension}`), external: true }
        : undefined,
    )
  },
})

await rm('dist', { recursive: true, force: true })
await bundle({
  ...early,
  entryPoints: { bin: 'build/bin.js' },
  supported: { 'dynamic-import': false },
  plugins: [leaveApart(/\/main\.js$/, '.js')],
})
await bundle({
  ...early,
  entryPoints: { main: 'build/main.js' },
  // What every command needs makes no call: nothing that a call loads later belongs into it.
  plugins: [leaveApart(/./, '.mjs')],
})
await bundle({
  ...late,
  entryPoints: {
    'run-call': 'build/commands/run-call.js',
    'topic-help': 'build/help/topic-help.js',
    ...Object.fromEntries(tools),
  },
})
await writeFile('dist/package.json', '{ "type": "commonjs" }\n')
