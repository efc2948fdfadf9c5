import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds everything, without a trailing slash. */
export const ROOT: string = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')

/** The members of a `package.json` that checks look at. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly bin?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  /** What the package's own modules import by a name that begins with `#`. */
  readonly imports?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly engines?: Readonly<Record<string, string>>
}

/** A public package of this repository. */
export interface Package {
  /** Its folder's name: `core` for `@llpay/core`. */
  readonly id: string
  readonly folder: string
  readonly manifest: Manifest
}

export function readManifest(folder: string): Manifest {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return manifest
}

/** The packages that are published; one without sources is not there yet. */
export function publicPackages(): Package[] {
  const parent = join(ROOT, 'packages')
  return readdirSync(parent)
    .map((id) => ({ id, folder: join(parent, id) }))
    .filter(({ folder }) =>
      ['src/index.ts', 'src/bin.ts'].some((entry) => existsSync(join(folder, entry))),
    )
    .map(({ folder, id }) => ({ id, folder, manifest: readManifest(folder) }))
    .filter(({ manifest }) => manifest.private !== true)
}

/** What git replies, or undefined where there is no git, no repository or no such thing in it. */
export function askGit(...args: string[]): string | undefined {
  // A checkout in a container often belongs to another user; reading it is harmless.
  const { status, stdout } = spawnSync('git', ['-c', 'safe.directory=*', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  return status === 0 ? stdout : undefined
}
