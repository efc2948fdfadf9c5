import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export { unpackPackages } from './packed.ts'

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
