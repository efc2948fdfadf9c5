// Joins the compiled modules of the command line into four files: loading a hundred small modules
// takes longer than signing does. See docs/decisions/0001.
import { rm } from 'node:fs/promises'

import { build as bundle, type Plugin } from 'esbuild'

/**
 * What the command line uses of Node's own modules. They are taken by `process.getBuiltinModule`:
 * importing one as an ES module touches its every export, and so loads parts that are never used. A
 * name that is missing here fails the build.
 */
const BUILTINS: Readonly<Record<string, readonly string[]>> = {
  'node:crypto': [
    'X509Certificate',
    'KeyObject',
    'createHash',
    'createPrivateKey',
    'createPublicKey',
    'generateKeyPairSync',
    'sign',
    'verify',
  ],
  'node:fs': [
    'existsSync',
    'fstatSync',
    'mkdirSync',
    'mkdtempSync',
    'readFileSync',
    'rmSync',
    'writeFileSync',
    'writeSync',
  ],
  'node:os': ['tmpdir'],
  'node:path': ['join', 'resolve'],
  'node:util': ['parseArgs', 'promisify'],
}

const builtins: Plugin = {
  name: 'builtins',
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path }) =>
      Object.hasOwn(BUILTINS, path) ? { path, namespace: 'builtin' } : { path, external: true },
    )
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `export const { ${BUILTINS[path]?.join(', ')} } = process.getBuiltinModule(${JSON.stringify(path)})`,
    }))
  },
}

/** One file of the command line: what it is made of, and the imports that it leaves to other files. */
interface File {
  readonly name: string
  readonly entry: string
  readonly apart: RegExp
}

const FILES: readonly File[] = [
  { name: 'bin', entry: 'build/bin.js', apart: /\/main\.js$/ },
  // What every command needs makes no call: nothing that a call loads later belongs into it.
  { name: 'main', entry: 'build/main.js', apart: /./ },
  { name: 'run-call', entry: 'build/commands/run-call.js', apart: /^undici$/ },
  {
    name: 'sandbox-command',
    entry: 'build/commands/sandbox-command.js',
    apart: /^(?:undici|srvx)$/,
  },
]

/** Leaves the dynamic imports of a file to other files, and shares nothing with them. */
const leaveApart = (pattern: RegExp): Plugin => ({
  name: 'apart',
  setup(build) {
    build.onResolve({ filter: pattern }, ({ kind, path }) =>
      kind === 'dynamic-import'
        ? { path: path.replace(/^.*\/(.*)$/, './$1'), external: true }
        : undefined,
    )
  },
})

await rm('dist', { recursive: true, force: true })
for (const { name, entry, apart } of FILES) {
  await bundle({
    entryPoints: { [name]: entry },
    outdir: 'dist',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: ['srvx', 'undici'],
    plugins: [leaveApart(apart), builtins],
    logLevel: 'warning',
  })
}
