import { report, type Question } from '@internal/testkit/report'
import { publicPackages, ROOT, type Manifest } from '@internal/testkit/repository'

import {
  packPackage,
  readTarball,
  runTool,
  TARBALL_RULES,
  temporaryFolder,
} from './pack/tarball.ts'

const TOOLS: Readonly<Record<string, (tarball: string) => readonly [string, ...string[]]>> = {
  publint: (tarball) => ['publint', tarball, '--strict'],
  attw: (tarball) => ['attw', tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-color'],
}

const folder = temporaryFolder('pack')

const questions = publicPackages().flatMap((each): Question[] => {
  const { tarball } = packPackage(each, folder)
  const files = readTarball(tarball)
  // The manifest in the tarball is what users get: pnpm rewrites the workspace ranges in it.
  const manifest: Manifest = JSON.parse(files.get('package.json') ?? '{}')
  return [
    ...Object.entries(TARBALL_RULES).map(([name, rule]) => ({
      name: `${manifest.name} ${name}`,
      ask: () => rule(files, manifest),
    })),
    ...Object.entries(TOOLS).map(([name, command]) => ({
      name: `${manifest.name} pleases ${name}`,
      ask: () => {
        const { ok, output } = runTool(command(tarball), ROOT)
        return ok ? [] : [output]
      },
    })),
  ]
})

await report('pack', questions)
