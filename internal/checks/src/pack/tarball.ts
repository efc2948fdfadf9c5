import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Package, Manifest } from '@internal/testkit/repository'
import { list } from 'tar'

const folders: string[] = []

function removeAll(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}

/** Makes a folder outside the repository that is gone when the process ends. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `llpay-${name}-`))
  if (folders.push(folder) === 1) process.once('exit', removeAll)
  return folder
}

/** How a tool ended, and what it printed. */
export interface ToolResult {
  readonly ok: boolean
  readonly exitCode: number | null
  readonly output: string
}

/** Runs a tool to its end. */
export function runTool(
  [file, ...args]: readonly [string, ...string[]],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): ToolResult {
  const { error, status, stderr, stdout } = spawnSync(file, args, {
    cwd,
    env,
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 2 ** 26,
  })
  const output = [error?.message, stdout, stderr].filter((text) => text).join('\n')
  return { ok: status === 0, exitCode: status, output: output.trim() }
}

/** A package as it would be published. */
export interface Packed extends Package {
  /** The path of its tarball. */
  readonly tarball: string
}

/** Packs a package the way it is published. */
export function packPackage(each: Package, destination: string): Packed {
  const tarball = join(destination, `${each.id}.tgz`)
  const { ok, output } = runTool(['pnpm', 'pack', '--out', tarball], each.folder)
  if (!ok) throw new Error(`${each.manifest.name} cannot be packed: ${output}`)
  return { ...each, tarball }
}

/** Reads the files of an npm tarball: their content by path, without the leading `package/`. */
export function readTarball(path: string): Map<string, string> {
  const files = new Map<string, string>()
  list({
    file: path,
    sync: true,
    onReadEntry(entry) {
      const chunks: Buffer[] = []
      entry.on('data', (chunk: Buffer) => chunks.push(chunk))
      entry.on('end', () => {
        files.set(entry.path.replace(/^package\//, ''), Buffer.concat(chunks).toString('utf8'))
      })
    },
  })
  return files
}

/** The files of a tarball, by path. */
type Files = ReadonlyMap<string, string>

/** Says what is wrong with a tarball. */
export type TarballRule = (files: Files, manifest: Manifest) => readonly string[]

const UNWANTED = /\.(?:test|test-d|bench)\.|\.tsbuildinfo$|(?:^|\/)(?:node_modules|coverage)\//
const LEFT_OVER = /^(?:workspace|catalog|link|file):/

/** All paths that a manifest promises: the targets of its export map and its commands. */
function promisedPaths({ bin = {}, exports = {} }: Manifest): string[] {
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  )
  return [...targets, ...Object.values(bin)].map((path) => join(path))
}

function commandsWithoutShebang(files: Files, { bin = {} }: Manifest): string[] {
  return Object.values(bin)
    .filter((path) => files.get(join(path))?.startsWith('#!/usr/bin/env node\n') === false)
    .map((path) => `${path} has no shebang`)
}

/** The path of the source that `tsc` made an output from; a bundle has none. */
function sourceOf(output: string): string | undefined {
  const stem = /^dist\/(?<stem>.+?)\.(?:js|d\.ts)(?:\.map)?$/.exec(output)?.groups?.['stem']
  return stem === undefined ? undefined : `src/${stem}.ts`
}

/** The packages of others whose code a bundle contains, by what the bundler wrote above each module. */
function bundledPackages(files: Files): readonly string[] {
  const code = [...files].filter(([path]) => /\.[cm]?js$/.test(path)).map(([, text]) => text)
  const modules = code.flatMap((text) => text.match(/^ *\/\/ .*node_modules\/.+$/gm) ?? [])
  const names = modules.flatMap(
    (each) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(each)?.[1] ?? [],
  )
  return [...new Set(names)]
}

/** What every published tarball must keep to. */
export const TARBALL_RULES: Readonly<Record<string, TarballRule>> = {
  'holds no tests, build state or other waste': (files) =>
    [...files.keys()].filter((path) => UNWANTED.test(path)),
  'holds its licence': (files) => (files.has('LICENSE') ? [] : ['there is no LICENSE']),
  'names the terms of everything that it bundles': (files) =>
    bundledPackages(files)
      .filter((name) => {
        const notice = files.get('NOTICE')?.split(`\n${name} `)[1] ?? ''
        return !/^[^\n]+\n\n[^-]*\bCopyright\b/.test(notice)
      })
      .map((name) => `NOTICE does not hold the terms of ${name}`),
  'holds all that its manifest promises': (files, manifest) =>
    promisedPaths(manifest)
      .filter((path) => !files.has(path))
      .map((path) => `${path} is missing`)
      .concat(commandsWithoutShebang(files, manifest)),
  'holds the source of every output, and no output without one': (files) =>
    [...files.keys()]
      .filter((path) => path.startsWith('dist/') && files.has('src/index.ts'))
      .filter((path) => !files.has(sourceOf(path) ?? ''))
      .map((path) => `${path} has no source: it is left over from an earlier build`),
  'names released versions of what it needs': (_files, { dependencies = {} }) =>
    Object.entries(dependencies)
      .filter(([, range]) => LEFT_OVER.test(range))
      .map(([name, range]) => `${name}: ${range}`),
}
