import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { ROOT } from '@internal/testkit/repository'
import type { Plugin } from 'esbuild'

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
