// Installs the tarballs of `npm run pack` with each package manager, in an empty folder, and uses them.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { bunBinary } from '@internal/runtimes'
import { report } from '@internal/testkit/report'
import { ROOT } from '@internal/testkit/repository'

import { runTool, temporaryFolder } from './pack/tarball.ts'

const NPX = ['npx', '--yes', '--prefer-offline'] as const
const YARN = [...NPX, '@yarnpkg/cli-dist@4.9.2'] as const

/** The commands that add packages to a project. */
const INSTALLERS: Readonly<Record<string, readonly (readonly [string, ...string[]])[]>> = {
  npm: [['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline']],
  pnpm: [[...NPX, 'pnpm@12.21.0', 'add']],
  'Yarn 1': [[...NPX, 'yarn@1.22.22', 'add']],
  'Yarn 4': [
    [...YARN, 'config', 'set', 'nodeLinker', 'node-modules'],
    [...YARN, 'add'],
  ],
  Bun: [[bunBinary(), 'add']],
}

const SCRIPT = `
import { canonicalString } from '@llpay/core/signing'
import { createClient } from '@llpay/node'
import { startSandbox } from '@llpay/sandbox/node'
const sandbox = await startSandbox({ cards: [{ user_id: 'u', no_agree: '1', pay_type: 'D' }] })
const client = await sandbox.client()
console.log(typeof createClient, canonicalString({ b: '2', a: '1' }), (await client.card.ensureUnbound({ user_id: 'u', no_agree: '1' })).outcome)
await sandbox[Symbol.asyncDispose]()
`

/** What npm tells its scripts about the project they run in: this is another project. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')),
)

const tarballs = temporaryFolder('tarballs')
execFileSync(process.execPath, [join(ROOT, 'internal/checks/src/write-tarballs.ts'), tarballs])
const fileOf = (id: string) => join(tarballs, `llpay-${id}.tgz`)
const wanted = ['core', 'node', 'sandbox'].map((id) => `@llpay/${id}@file:${fileOf(id)}`)

await report(
  'installers',
  Object.entries(INSTALLERS).map(([name, commands]) => ({
    name: `${name} installs the tarballs, and they work`,
    ask() {
      const folder = join(temporaryFolder('installer'), 'app')
      mkdirSync(folder)
      writeFileSync(join(folder, 'package.json'), '{"name":"app","private":true,"type":"module"}')
      writeFileSync(join(folder, 'app.mjs'), SCRIPT)
      // Yarn takes a folder above, with a manifest, for the project; its own lock file says otherwise.
      if (name.startsWith('Yarn')) writeFileSync(join(folder, 'yarn.lock'), '')
      const last = commands.length - 1
      for (const [index, command] of commands.entries()) {
        const [file, ...args] = command
        const added = runTool(
          [file, ...args, ...(index === last ? wanted : [])],
          folder,
          environment,
        )
        if (!added.ok) return [added.output]
      }
      const { output } = runTool([process.execPath, 'app.mjs'], folder)
      return output === 'function a=1&b=2 unbound' ? [] : [output]
    },
  })),
)
