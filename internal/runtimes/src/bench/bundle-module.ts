import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'

import { resolvePacked } from '../packed.ts'

const FOLDER = fileURLToPath(new URL('..', import.meta.url))

/** Bundles a Worker into one module, from the packed packages. */
export async function bundleModule(contents: string, packed: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, loader: 'ts', resolveDir: FOLDER },
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
