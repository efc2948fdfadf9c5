import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

import { build, type Metafile } from 'esbuild'

import { resolvePacked } from '../packed.ts'

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
  const entry = fileURLToPath(new URL(`${worker}.ts`, import.meta.url))
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
