import { readFileSync, writeFileSync, globSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'

import type { Question } from '@internal/testkit/report'
import { publicPackages, readManifest, ROOT } from '@internal/testkit/repository'
import { startByCommand, type CommandSandbox } from '@internal/testkit/sandbox'

import { packPackage, type Packed, runTool, type ToolResult } from '../pack/tarball.ts'
import { readImports } from '../structure/source-file.ts'

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

function readInstalled(consumer: Consumer, path: string): string {
  return readFileSync(join(consumer.folder, 'node_modules', path), 'utf8')
}

/** Starts the sandbox of an installed command line. */
const startSandbox = (
  command: readonly [string, ...string[]],
  cwd: string,
): Promise<CommandSandbox> =>
  startByCommand(
    [...command, 'sandbox', '--json', '--port', '0', '--card', '1234567:2014031710002121:D'],
    { cwd },
  )

/** The package that an imported name lies in: `@llpay/core` for `@llpay/core/signing`. */
function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

/** Finds what a package imports without declaring it: there by luck, or not there. */
function undeclaredImports(
  consumer: Consumer,
  name: string,
  declared: readonly string[],
): string[] {
  const dist = join(consumer.folder, 'node_modules', name, 'dist')
  return globSync('**/*.js', { cwd: dist }).flatMap((path) =>
    readImports(readInstalled(consumer, join(name, 'dist', path)))
      .filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier))
      .filter((specifier) => !declared.includes(packageName(specifier)))
      .map((specifier) => `dist/${path} imports ${specifier}`),
  )
}

/** Asks whether the installed packages load with what they declare. */
export function askImports(consumer: Consumer, nodes: ReadonlyMap<string, string>): Question[] {
  const { folder, packages } = consumer
  const code = packages
    .flatMap(entryNames)
    .map((name) => `await import('${name}')`)
    .join('\n')
  return [
    ...packages.map(({ manifest }) => ({
      name: `${manifest.name} imports only what it declares`,
      ask: () =>
        undeclaredImports(
          consumer,
          manifest.name,
          Object.keys({
            ...manifest.dependencies,
            ...manifest.peerDependencies,
            ...manifest.imports,
          }),
        ),
    })),
    ...Array.from(nodes, ([version, binary]) => ({
      name: `all entry points load in Node ${version}`,
      ask: () => {
        const { ok, output } = runTool([binary, '--input-type=module', '-e', code], folder)
        return ok && output === '' ? [] : [output]
      },
    })),
  ]
}

const UNBIND = ['unbind', '--json', '--user-id', '1234567', '--no-agree', '2014031710002121']

/** What a merchant sees: the card goes, and is gone. */
const CALLS = [
  {
    args: [...UNBIND, '--pay-type', 'D'],
    exitCode: 0,
    answer: /^\{"ok":true,.*"outcome":"unbound",.*"ret_code":"0000",.*"signature":"verified"/,
  },
  {
    args: [...UNBIND, '--pay-type', 'D'],
    exitCode: 3,
    answer: /^\{"ok":false,.*"code":"ERR_REJECTED",.*"returnCode":"3003"/,
  },
] as const

function complain(result: ToolResult, exitCode: number, answer: RegExp): string[] {
  const fine = result.exitCode === exitCode && answer.test(result.output)
  return fine
    ? []
    : [`exit code ${result.exitCode}, not ${exitCode}, or not ${answer}:`, result.output]
}

/** Asks the installed command line for its version, its help, and to unbind a card. */
export function askCli({ folder }: Consumer, version: string, node: string): Question[] {
  const home = join(folder, 'node_modules/@llpay/cli')
  const { bin = {}, version: release } = readManifest(home)
  const llpay = [node, join(home, bin['llpay'] ?? '')] as const
  const call = (args: readonly string[], env: NodeJS.ProcessEnv = {}): ToolResult =>
    runTool([...llpay, ...args], folder, env)
  return [
    {
      name: `llpay --version in Node ${version}`,
      ask: () => {
        const { output } = call(['--version'])
        return output === release ? [] : [output]
      },
    },
    {
      name: `llpay --help in Node ${version}`,
      ask: () => complain(call(['--help']), 0, /\bunbind\b.*\bsandbox\b/s),
    },
    {
      name: `llpay unbinds a card, once, in Node ${version}`,
      ask: async () => {
        const sandbox = await startSandbox(llpay, folder)
        try {
          return CALLS.flatMap(({ answer, args, exitCode }) =>
            complain(call(args, sandbox.environment), exitCode, answer),
          )
        } finally {
          await sandbox.stop()
        }
      },
    },
  ]
}
