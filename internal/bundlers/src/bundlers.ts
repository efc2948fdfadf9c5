import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

import { unpackPackages } from '@internal/runtimes'
import { ROOT } from '@internal/testkit/repository'

/** The settings of a program that unbinds one card. */
export type Settings = Readonly<Record<string, string>>

/** Runs a program to its end, and gives what it printed. */
export async function runProgram(
  [file, ...args]: readonly [string, ...string[]],
  cwd: string,
  settings: Settings,
): Promise<string> {
  const { stdout } = await promisify(execFile)(file, args, {
    cwd,
    env: { ...process.env, ...settings },
  })
  return stdout.trim()
}

const CACHE = join(import.meta.dirname, '../.cache')

/** What a bundle is asked to do: unbind the card that the environment names, and print the outcome. */
const UNBIND = `
import { createClient } from '@llpay/node'

export async function unbind() {
  const { env } = process
  const client = createClient({
    oidPartner: env.LLPAY_OID_PARTNER,
    privateKey: env.LLPAY_PRIVATE_KEY,
    gatewayPublicKey: env.LLPAY_GATEWAY_KEY,
    baseUrl: env.LLPAY_BASE_URL,
    settle: 'never',
  })
  const params = { user_id: '1234567', no_agree: env.NO_AGREE, pay_type: 'D' }
  try {
    return (await client.card.unbind(params)).outcome
  } catch (error) {
    return [error.code, error.message, String(error.cause)].join(' | ')
  }
}
`

const APP = `
import { unbind } from './unbind.js'

unbind().then((outcome) => console.log(outcome))
`

const NEXT: Readonly<Record<string, string>> = {
  'next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(ROOT)} } }\n`,
  'app/layout.js': 'export default function Layout({ children }) {\n  return children\n}\n',
  'app/unbind/route.js': `
import { unbind } from '../../unbind.js'

export const dynamic = 'force-dynamic'

export async function GET() {
  return new Response(await unbind())
}
`,
}

/** An application that uses the packed packages and nothing of the workspace. */
export interface Project {
  readonly folder: string
  /** The module that unbinds when it is run. */
  readonly app: string
  /** Its own folder for what a bundler writes. */
  output(name: string): string
}

/**
 * Writes the application into a folder that is gone when the process ends. It lies in the repository,
 * since Next.js has to find itself above it.
 */
export function writeProject(): Project {
  mkdirSync(CACHE, { recursive: true })
  const folder = mkdtempSync(join(CACHE, 'project-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const packed = join(unpackPackages(['core', 'node']), 'node_modules')
  cpSync(packed, join(folder, 'node_modules'), { recursive: true, dereference: true })
  const files = {
    'package.json': '{ "private": true, "type": "module" }\n',
    'unbind.js': UNBIND,
    'app.js': APP,
    ...NEXT,
  }
  for (const [path, text] of Object.entries(files)) {
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
  const output = (name: string): string => {
    const made = join(folder, 'out', name)
    mkdirSync(made, { recursive: true })
    return made
  }
  return { folder, app: join(folder, 'app.js'), output }
}

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
