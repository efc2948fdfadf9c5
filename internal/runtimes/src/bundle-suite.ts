import { fileURLToPath } from 'node:url'

import { build, type BuildOptions } from 'esbuild'

import { resolvePacked } from './packed.ts'
import type { SuiteData } from './suite/data.ts'

/** The suite in the forms that runtimes load. */
export interface SuiteBundles {
  /** A module that prints its report. */
  readonly module: string
  /** A module whose default export replies any request with the report. */
  readonly worker: string
  /** A script that leaves a global function `runSuite`. */
  readonly script: string
}

const MODULE = fileURLToPath(new URL('suite/entry-module.ts', import.meta.url))
const SCRIPT = fileURLToPath(new URL('suite/entry-script.ts', import.meta.url))
const SUITE = fileURLToPath(new URL('suite', import.meta.url))

const WORKER = `
  import { runSuite } from './run-suite.ts'
  export default { fetch: async () => Response.json(await runSuite()) }
`

/** Bundles the suite with the packed packages, once for each form. */
export async function bundleSuite(packed: string, data: SuiteData): Promise<SuiteBundles> {
  const bundle = async (options: BuildOptions): Promise<string> => {
    const { outputFiles } = await build({
      ...options,
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
    module: await bundle({
      entryPoints: [MODULE],
      format: 'esm',
      platform: 'neutral',
    }),
    worker: await bundle({
      stdin: { contents: WORKER, loader: 'ts', resolveDir: SUITE },
      format: 'esm',
      platform: 'neutral',
    }),
    script: await bundle({
      entryPoints: [SCRIPT],
      format: 'iife',
      platform: 'browser',
    }),
  }
}
