import { globSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'

import { runTool } from '../pack/run-tool.ts'
import type { Question } from '../report.ts'
import { readImports } from '../structure/read-imports.ts'
import { entryNames, readInstalled, type Consumer } from './install-packed.ts'

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
