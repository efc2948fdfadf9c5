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

/** Keeps the files apart: one imports the other where it was told to, and shares nothing with it. */
const apart: Plugin = {
  name: 'apart',
  setup(build) {
    build.onResolve({ filter: /\/(main|run-call|sandbox-command)\.js$/ }, ({ kind, path }) =>
      kind === 'dynamic-import'
        ? { path: `./${path.split('/').at(-1)}`, external: true }
        : undefined,
    )
  },
}

/** The entry, what every command needs, and what only calls and the sandbox need. */
const SOURCES: Readonly<Record<string, string>> = {
  bin: 'build/bin.js',
  main: 'build/main.js',
  'run-call': 'build/commands/run-call.js',
  'sandbox-command': 'build/commands/sandbox-command.js',
}

await rm('dist', { recursive: true, force: true })
await bundle({
  entryPoints: SOURCES,
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['srvx', 'undici'],
  plugins: [apart, builtins],
  logLevel: 'warning',
})
