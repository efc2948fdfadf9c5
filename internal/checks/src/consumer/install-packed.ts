import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { publicPackages, readManifest, ROOT } from '@internal/testkit/repository'

import { packPackage, type Packed, runTool } from '../pack/tarball.ts'

/** A project that uses our packages the way a stranger's does. */
export interface Consumer {
  readonly folder: string
  readonly packages: readonly Packed[]
}

/** What npm tells its scripts about the project they run in: this is another project. */
const ABOUT_PROJECT = /^npm_(?:package_|lifecycle_|config_(?:local_prefix|prefix|global_prefix)$)/

function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ABOUT_PROJECT.test(name)),
  )
}

/** Packs all public packages and installs the tarballs, and nothing of the workspace, with npm. */
export function installPacked(folder: string): Consumer {
  const packages = publicPackages().map((each) => packPackage(each, folder))
  const tarballs = Object.fromEntries(
    packages.map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`]),
  )
  const typesNode = readManifest(join(ROOT, 'node_modules/@types/node')).version
  const manifest = {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: { ...tarballs, '@types/node': typesNode },
    // Without this npm would look for the packages that ours depend on in the registry.
    overrides: Object.fromEntries(Object.keys(tarballs).map((name) => [name, `$${name}`])),
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2))
  const { ok, output } = runTool(
    ['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'],
    folder,
    cleanEnvironment(),
  )
  if (!ok) throw new Error(`npm cannot install the tarballs: ${output}`)
  return { folder, packages }
}

/** The paths by which a package can be imported: `@llpay/core`, `@llpay/core/signing`, ... */
export function entryNames({ manifest }: Packed): string[] {
  return Object.entries(manifest.exports ?? {})
    .filter(([, target]) => typeof target !== 'string')
    .map(([path]) => join(manifest.name, path))
}

export function readInstalled(consumer: Consumer, path: string): string {
  return readFileSync(join(consumer.folder, 'node_modules', path), 'utf8')
}
