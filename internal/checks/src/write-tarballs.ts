// Usage: npm run pack [-- FOLDER]. Writes the packages as tarballs that npm, pnpm, Yarn and Bun install,
// before they are on a registry. Each names the others by the file it is in, so that no package manager
// looks for them elsewhere: install from the folder where they were written.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { publicPackages, ROOT, type Manifest, type Package } from '@internal/testkit/repository'
import { create, extract } from 'tar'

import { packPackage, temporaryFolder } from './pack/tarball.ts'

const folder = resolve(process.argv[2] ?? join(ROOT, 'packed'))
const packages = publicPackages()
const fileOf = (id: string) => join(folder, `llpay-${id}.tgz`)
const files = new Map(packages.map(({ id, manifest }) => [manifest.name, `file:${fileOf(id)}`]))

/** The dependencies of a package with those of ours by the file that they are in. */
function withFiles({ dependencies = {}, ...manifest }: Manifest): Manifest {
  const entries = Object.entries(dependencies)
  const local = entries.map(([name, range]) => [name, files.get(name) ?? range] as const)
  return { ...manifest, dependencies: Object.fromEntries(local) }
}

function writeTarball(each: Package): void {
  const work = temporaryFolder(`tarball-${each.id}`)
  extract({ file: packPackage(each, work).tarball, cwd: work, sync: true })
  const path = join(work, 'package/package.json')
  const manifest: Manifest = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify(withFiles(manifest), undefined, 2))
  create({ file: fileOf(each.id), cwd: work, gzip: true, portable: true, sync: true }, ['package'])
}

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const each of packages) writeTarball(each)

console.log(`Wrote ${packages.length} tarballs to ${folder}. In your project:\n`)
for (const command of ['npm install', 'pnpm add', 'yarn add', 'bun add']) {
  console.log(`  ${command} ${fileOf('node')}`)
}
console.log(`\nThe command line: npm install --global ${fileOf('cli')}`)
