import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { type Project, runProgram, type Settings } from './project.ts'

/** Bundles the application with everything it needs, and gives the file to run. */
export interface Bundler {
  readonly name: string
  readonly bundle: (project: Project) => Promise<string>
}

async function bundleByEsbuild(project: Project, format: 'esm' | 'cjs'): Promise<string> {
  const { build } = await import('esbuild')
  const outfile = join(
    project.output(`esbuild-${format}`),
    format === 'esm' ? 'app.mjs' : 'app.cjs',
  )
  await build({
    entryPoints: [project.app],
    outfile,
    format,
    bundle: true,
    platform: 'node',
    logLevel: 'warning',
  })
  return outfile
}

async function bundleByRollup(project: Project): Promise<string> {
  const [{ rollup }, { nodeResolve }] = await Promise.all([
    import('rollup'),
    import('@rollup/plugin-node-resolve'),
  ])
  const bundle = await rollup({
    input: project.app,
    plugins: [nodeResolve({ preferBuiltins: true })],
    external: [/^node:/],
  })
  const dir = project.output('rollup')
  await bundle.write({ dir, format: 'es', entryFileNames: 'app.mjs' })
  return join(dir, 'app.mjs')
}

async function bundleByWebpack(project: Project): Promise<string> {
  const { default: webpack } = await import('webpack')
  const path = project.output('webpack')
  await new Promise<void>((resolve, reject) => {
    webpack(
      {
        mode: 'production',
        target: 'node20',
        entry: project.app,
        output: { path, filename: 'app.cjs', chunkFilename: '[id].cjs' },
        optimization: { minimize: false },
      },
      (error, stats) => {
        const problem = stats?.hasErrors() === true ? new Error(stats.toString()) : error
        if (problem) reject(problem)
        else resolve()
      },
    )
  })
  return join(path, 'app.cjs')
}

async function bundleByVite(project: Project): Promise<string> {
  const { build } = await import('vite')
  const outDir = project.output('vite')
  await build({
    root: project.folder,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: { ssr: project.app, outDir, emptyOutDir: true },
  })
  return join(outDir, 'app.js')
}

/** The bundlers whose output is a program. */
export const BUNDLERS: readonly Bundler[] = [
  { name: 'esbuild (ESM)', bundle: (project) => bundleByEsbuild(project, 'esm') },
  { name: 'esbuild (CommonJS)', bundle: (project) => bundleByEsbuild(project, 'cjs') },
  { name: 'Rollup', bundle: bundleByRollup },
  { name: 'webpack', bundle: bundleByWebpack },
  { name: 'Vite SSR', bundle: bundleByVite },
]

const QUIET = { NEXT_TELEMETRY_DISABLED: '1' }
const URL_LINE = /http:\/\/127\.0\.0\.1:[0-9]+/

const nextScript = () => createRequire(import.meta.url).resolve('next/dist/bin/next')

/** Builds the application with the bundler of Next.js. */
export async function buildNext({ folder }: Project): Promise<void> {
  await runProgram([process.execPath, nextScript(), 'build'], folder, QUIET)
}

/** Starts the server that was built, asks it to unbind, and ends it. */
export async function askNext(
  node: string,
  { folder }: Project,
  settings: Settings,
): Promise<string> {
  const args = [nextScript(), 'start', '--hostname', '127.0.0.1', '--port', '0']
  const server = spawn(node, args, {
    cwd: folder,
    env: { ...process.env, ...QUIET, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(server, 'exit')
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const [url] = URL_LINE.exec(line) ?? []
      if (url === undefined) continue
      const response = await fetch(`${url}/unbind`)
      return await response.text()
    }
    throw new Error('The server of Next.js ended before it said where it listens.')
  } finally {
    server.kill()
    await exited
  }
}
