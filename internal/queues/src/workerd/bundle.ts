import { dirname } from 'node:path'

import { build } from 'esbuild'

/**
 * Bundles a Worker with the built packages, as wrangler would.
 *
 * @param name what the Worker is exported as.
 */
export async function bundle(entry: string, name = 'default'): Promise<string> {
  const contents = `export { ${name} as default } from ${JSON.stringify(entry)}`
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: dirname(entry) },
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
