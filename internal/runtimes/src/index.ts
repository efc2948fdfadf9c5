import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { ROOT } from '@internal/testkit/repository'
import type { Plugin } from 'esbuild'

const require = createRequire(import.meta.url)

/** The manifests of the packages that bring a runtime. */
const MANIFESTS = {
  node20: () => require.resolve('node20/package.json'),
  node22: () => require.resolve('node22/package.json'),
  node26: () => require.resolve('node26/package.json'),
  deno: () => require.resolve('deno/package.json'),
  bun: () => require.resolve('bun/package.json'),
  workerd: () => require.resolve('workerd/package.json'),
} as const

/** The folder of the package for this platform, which the package of a runtime brings along. */
function platformFolder(runtime: 'deno' | 'bun' | 'workerd', name: string): string {
  return dirname(createRequire(MANIFESTS[runtime]()).resolve(`${name}/package.json`))
}

/** The `node` binary of a major version other than the one that scripts run on. */
export function nodeBinary(major: 20 | 22 | 26): string {
  return join(dirname(MANIFESTS[`node${major}`]()), 'bin/node')
}

export function denoBinary(): string {
  return join(platformFolder('deno', '@deno/linux-x64-glibc'), 'deno')
}

export function bunBinary(): string {
  return join(platformFolder('bun', '@oven/bun-linux-x64'), 'bin/bun')
}

export function workerdBinary(): string {
  return join(platformFolder('workerd', '@cloudflare/workerd-linux-64'), 'bin/workerd')
}

/** Lets esbuild take our packages from where they were unpacked, never from the workspace. */
export function resolvePacked(folder: string): Plugin {
  return {
    name: 'resolve-packed',
    setup(build) {
      build.onResolve({ filter: /^@llpay\// }, ({ path, kind, resolveDir }) =>
        resolveDir.startsWith(folder)
          ? undefined
          : build.resolve(path, { kind, resolveDir: folder }),
      )
    },
  }
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
}

function unpack(id: string, modules: string, tarballs: string): void {
  const source = join(ROOT, 'packages', id)
  const tarball = join(tarballs, `${id}.tgz`)
  execFileSync('pnpm', ['pack', '--out', tarball], { cwd: source, stdio: 'pipe' })
  const target = join(modules, '@llpay', id)
  mkdirSync(target, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'])

  const manifest: Manifest = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'))
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    if (name.startsWith('@llpay/')) continue
    const link = join(modules, name)
    mkdirSync(dirname(link), { recursive: true })
    rmSync(link, { force: true })
    symlinkSync(realpathSync(join(source, 'node_modules', name)), link)
  }
}

/**
 * Packs packages as they are published, and unpacks them into a folder outside the repository, beside
 * what they depend on. The folder is gone when the process ends.
 */
export function unpackPackages(ids: readonly string[]): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'llpay-packed-')))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const id of ids) unpack(id, join(folder, 'node_modules'), folder)
  return folder
}
