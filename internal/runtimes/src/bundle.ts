import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

import { closedUrl } from '@internal/testkit/local-server'
import {
  loadGatewayMessages,
  loadSigningVectors,
  loadWycheproof,
  vectorKey,
} from '@internal/vectors'
import { build, type BuildOptions, type Metafile } from 'esbuild'

import { resolvePacked } from './index.ts'
import type { SuiteData } from './suite/case.ts'

/** The suite in the forms that runtimes load. */
export interface SuiteBundles {
  /** A module that prints its report. */
  readonly module: string
  /** A module whose default export replies any request with the report. */
  readonly worker: string
  /** A script that leaves a global function `runSuite`. */
  readonly script: string
}

const SUITE = fileURLToPath(new URL('suite', import.meta.url))

const IMPORT = "import { runSuite } from './run-suite.ts'\n"
const MODULE = `${IMPORT}console.log(JSON.stringify(await runSuite()))`
const WORKER = `${IMPORT}export default { fetch: async () => Response.json(await runSuite()) }`
const SCRIPT = `${IMPORT}Object.assign(globalThis, { runSuite })`

/** Bundles the suite with the packed packages, once for each form. */
export async function bundleSuite(packed: string, data: SuiteData): Promise<SuiteBundles> {
  const bundle = async (
    contents: string,
    options: Pick<BuildOptions, 'format' | 'platform'>,
  ): Promise<string> => {
    const { outputFiles } = await build({
      ...options,
      stdin: { contents, loader: 'ts', resolveDir: SUITE },
      bundle: true,
      write: false,
      target: 'es2022',
      conditions: ['worker'],
      define: { SUITE_DATA: JSON.stringify(JSON.stringify(data)) },
      plugins: [resolvePacked(packed)],
      logLevel: 'error',
    })
    return outputFiles[0]?.text ?? ''
  }
  return {
    module: await bundle(MODULE, { format: 'esm', platform: 'neutral' }),
    worker: await bundle(WORKER, { format: 'esm', platform: 'neutral' }),
    script: await bundle(SCRIPT, { format: 'iife', platform: 'browser' }),
  }
}

function makeSandboxKey(): SuiteData['sandboxKey'] {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicExponent: 65_539,
  })
  return {
    privatePem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  }
}

function exportJwk(pem: string): Record<string, string> {
  const jwk = Object.entries(createPrivateKey(pem).export({ format: 'jwk' }))
  return Object.fromEntries(jwk.map(([name, value]) => [name, String(value)]))
}

/** Gathers what the suite is given. */
export async function gatherSuiteData(gatewayUrl: string): Promise<SuiteData> {
  return {
    gatewayUrl,
    closedUrl: await closedUrl(),
    vectors: loadSigningVectors(),
    messages: loadGatewayMessages(),
    wycheproof: loadWycheproof(2048),
    jwk: exportJwk(vectorKey('k2048').pkcs8Pem),
    sandboxKey: makeSandboxKey(),
  }
}

const SOURCES = fileURLToPath(new URL('.', import.meta.url))

/** Bundles a Worker into one module, from the packed packages. */
export async function bundleModule(contents: string, packed: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, loader: 'ts', resolveDir: SOURCES },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['workerd', 'worker'],
    external: ['node:*'],
    plugins: [resolvePacked(packed)],
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

/** A file of the bundle. */
export interface Chunk {
  readonly name: string
  readonly bytes: number
  readonly gzipped: number
  /** Whether it is the entry, or imported from there statically: read before any request. */
  readonly atStart: boolean
  /** The sources in it, with the bytes that each adds. */
  readonly inputs: ReadonlyMap<string, number>
  /** What it imports that is not bundled. */
  readonly externals: readonly string[]
}

function inputsOf(output: Metafile['outputs'][string]): Map<string, number> {
  return new Map(
    Object.entries(output.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path, { bytesInOutput }]) => [path.replace(/^.*node_modules\//, ''), bytesInOutput]),
  )
}

/** The entry and what it imports statically, directly or not. */
function findStart(outputs: Metafile['outputs'], name: string, found = new Set<string>()) {
  if (found.has(name)) return found
  found.add(name)
  for (const { path, kind, external } of outputs[name]?.imports ?? []) {
    if (kind === 'import-statement' && !external) findStart(outputs, path, found)
  }
  return found
}

/** Bundles a Worker from the packed packages, as a Worker is bundled for production. */
export async function bundleWorker(
  packed: string,
  worker: 'smallest-worker' | 'edge-client' = 'smallest-worker',
): Promise<readonly Chunk[]> {
  const entry = fileURLToPath(new URL(`size/${worker}.ts`, import.meta.url))
  const { metafile, outputFiles } = await build({
    entryPoints: [entry],
    absWorkingDir: packed,
    outdir: 'out',
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['workerd', 'worker'],
    plugins: [resolvePacked(packed)],
    logLevel: 'error',
  })
  const { outputs } = metafile
  const start = Object.keys(outputs)
    .filter((name) => outputs[name]?.entryPoint?.endsWith(basename(entry)))
    .flatMap((name) => [...findStart(outputs, name)])
  return Object.entries(outputs).map(([name, output]) => {
    const file = outputFiles.find(({ path }) => path.endsWith(name))
    if (file === undefined) throw new Error(`esbuild wrote no ${name}`)
    return {
      name,
      bytes: file.contents.length,
      gzipped: gzipSync(file.contents, { level: 9 }).length,
      atStart: start.includes(name),
      inputs: inputsOf(output),
      externals: output.imports.filter(({ external }) => external).map(({ path }) => path),
    }
  })
}
