// Joins the compiled modules of the command line into four files: loading a hundred small modules
// takes longer than signing does. See docs/decisions/0001.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { build as bundle, type BuildOptions, type Plugin } from 'esbuild'

/** Where a module stands, in a file that is CommonJS. */
const FILE_URL = 'const __fileUrl = require("node:url").pathToFileURL(__filename).href;'

const common = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: ['srvx', 'undici'],
  logLevel: 'warning',
  metafile: true,
} satisfies BuildOptions

/** What every command loads is CommonJS: Node.js 20 needs a quarter of its start for its first ES module. */
const early = {
  ...common,
  format: 'cjs',
  define: { 'import.meta.url': '__fileUrl' },
  banner: { js: FILE_URL },
} satisfies BuildOptions

/** What is loaded when it is called; srvx is an ES module. What these share is in separate files. */
const late = {
  ...common,
  format: 'esm',
  splitting: true,
  chunkNames: 'shared-[hash]',
  outExtension: { '.js': '.mjs' },
} satisfies BuildOptions

/** undici stays a package beside the command line: `#undici` is what @llpay/node calls it. */
const leaveUndici: Plugin = {
  name: 'undici',
  setup(build) {
    build.onResolve({ filter: /^#undici$/ }, () => ({ path: 'undici', external: true }))
  },
}

/** A file for each tool, so that none loads another. */
const tools = readdirSync('build/commands')
  .filter((name) => name.endsWith('.js') && !name.includes('.test.'))
  .map((name) => [name.replace('.js', ''), `build/commands/${name}`])

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

/** The folder of the package that a bundled module is from; nothing for our own. */
const packageFolder = (module: string): string | undefined =>
  /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module)?.[0]

/** The name of a package, and the terms that it is bundled under. */
function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
  if (file === undefined) throw new Error(`${name} has no licence file, and cannot be bundled`)
  const terms = readFileSync(join(folder, file), 'utf8').trim()
  const notice = join(folder, 'NOTICE')
  const more = existsSync(notice) ? `\n\n${readFileSync(notice, 'utf8').trim()}` : ''
  return `${name} ${version} (${license})\n\n${terms}${more}\n`
}

await rm('dist', { recursive: true, force: true })
const bundles = [
  await bundle({
    ...early,
    entryPoints: { bin: 'build/bin.js' },
    supported: { 'dynamic-import': false },
    plugins: [leaveApart(/\/main\.js$/, '.js')],
  }),
  await bundle({
    ...early,
    entryPoints: { main: 'build/main.js' },
    // What every command needs makes no call: nothing that a call loads later belongs into it.
    plugins: [leaveApart(/./, '.mjs')],
  }),
  await bundle({
    ...late,
    plugins: [leaveUndici],
    entryPoints: {
      'run-call': 'build/call/run-call.js',
      'run-list-all': 'build/call/run-list-all.js',
      help: 'build/program/help.js',
      'unknown-command': 'build/program/unknown-command.js',
      'chinese-error': 'build/output/chinese-error.js',
      ...Object.fromEntries(tools),
    },
  }),
]
await writeFile('dist/package.json', '{ "type": "commonjs" }\n')
const folders = bundles.flatMap(({ metafile }) =>
  Object.keys(metafile.inputs).flatMap((module) => packageFolder(module) ?? []),
)
const notices = Array.from(new Set(folders)).toSorted().map(noticeOf)
const RULE = `\n${'-'.repeat(72)}\n\n`
await writeFile(
  'NOTICE',
  [
    'The command line of llpay contains code of these packages.\n',
    ...notices,
    readFileSync('node_modules/@llpay/sandbox/NOTICE', 'utf8'),
  ].join(RULE),
)
