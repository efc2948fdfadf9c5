import { build } from 'esbuild'

/** Bundles a Worker with the built packages, as wrangler would. */
export async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['workerd', 'worker'],
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}
