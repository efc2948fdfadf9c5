import { isBuiltin } from 'node:module'
import { relative } from 'node:path'

import { ROOT } from '@internal/testkit/repository'
import { parseCircular, parseDependencyTree } from 'dpdm'

import type { SourceFile } from './source-file.ts'

/** The folders of core, and the files at its root that are like one, with those that each may import. */
const CORE_ARROWS: Readonly<Record<string, readonly string[]>> = {
  encoding: [],
  text: [],
  errors: [],
  json: ['errors', 'encoding'],
  keys: ['errors', 'encoding', 'text'],
  signing: ['errors', 'encoding', 'json', 'keys'],
  api: ['errors', 'encoding', 'json'],
  apis: ['errors', 'encoding', 'api', 'text'],
  'return-codes': ['errors', 'text'],
  transport: ['errors'],
  bulk: ['errors', 'encoding', 'text', 'api', 'apis', 'client'],
  notifications: ['errors', 'encoding', 'text', 'json', 'signing', 'api', 'transport', 'client'],
  diagnose: ['errors', 'encoding', 'text', 'json', 'keys', 'signing', 'api', 'apis'],
  client: [
    'errors',
    'encoding',
    'text',
    'json',
    'keys',
    'signing',
    'api',
    'return-codes',
    'transport',
  ],
}

/** Single files that may import what their folder may not, and why the house has them. */
const CORE_EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  // A client has a method per endpoint.
  'client/create-client.ts': ['apis'],
  // Both query the list of bound cards.
  'client/list-cards.ts': ['apis'],
  'client/settle/settle.ts': ['apis'],
  // Calls that are made of several requests to these endpoints.
  'client/list-every-product.ts': ['apis'],
  'client/settle/unbind-everywhere.ts': ['apis'],
}

/** The packages with those that each may import. */
const PACKAGE_ARROWS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  node: ['core'],
  edge: ['core'],
  sandbox: ['core'],
  cli: ['core', 'node', 'sandbox'],
}

/** The packages that run where there is no Node. */
const WITHOUT_NODE: readonly string[] = ['core', 'edge', 'sandbox']

/** The folders behind a subpath for Node alone, with the packages that each may import. */
const NODE_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  'packages/sandbox/src/node/': ['core', 'node'],
}

/** Files that may import a barrel: the catalogue names each group once. */
const BARREL_USERS: readonly string[] = ['packages/core/src/apis/catalogue.ts']

/** Sources over the limit, being tables. */
export const LONG_FILES: readonly string[] = ['packages/core/src/return-codes/texts.ts']

/** Finds circular imports, type-only and dynamic ones included. */
export async function findCircles(paths: readonly string[]): Promise<string[]> {
  const tree = await parseDependencyTree([...paths], {
    context: ROOT,
    transform: false,
    skipDynamicImports: false,
  })
  return parseCircular(tree, false).map((circle) =>
    circle.map((path) => relative(ROOT, path)).join(' -> '),
  )
}

/** Says what is wrong with an import, if anything is. */
export type ImportRule = (from: SourceFile, to: string) => string | undefined

const CORE = 'packages/core/src/'

/** The id of the public package that a path or an imported name lies in. */
function packageOf(path: string): string | undefined {
  return /^(?:packages|@llpay)\/([^/]+)/.exec(path)?.[1]
}

/** The folder for Node alone that a path lies in. */
function nodeFolderOf(path: string): string | undefined {
  return Object.keys(NODE_FOLDERS).find((folder) => path.startsWith(folder))
}

/** The folder of core, or the file at its root that is like one; undefined for its entry points. */
function coreFolder(path: string): string | undefined {
  const inside = path.slice(CORE.length)
  const [name = ''] = inside.replace(/\.ts$/, '').split('/')
  return inside.includes('/') || Object.hasOwn(CORE_ARROWS, name) ? name : undefined
}

/** Core's folders form layers. */
const coreArrows: ImportRule = ({ path }, to) => {
  if (!path.startsWith(CORE) || !to.startsWith(CORE)) return undefined
  const [from, target] = [coreFolder(path), coreFolder(to)]
  if (from === undefined || from === target) return undefined
  if (target === undefined) return 'a folder imports a file at the root'
  const allowed = CORE_ARROWS[from]
  if (allowed === undefined) return `folder ${from} has no arrows yet`
  const exceptions = CORE_EXCEPTIONS[path.slice(CORE.length)] ?? []
  return [...allowed, ...exceptions].includes(target) ? undefined : `${from} may not use ${target}`
}

/** The only private package that reaches into others: it says what is used of them beside their exports. */
const SOURCES = 'internal/sources'

/** The private package that a path lies in. */
const privatePackageOf = (path: string): string | undefined =>
  /^(?:internal\/[^/]+|bench)(?=\/)/.exec(path)?.[0]

/** A private package leaves its folder by names alone. */
function privateArrow(path: string, to: string): string | undefined {
  const from = privatePackageOf(path)
  const isPath = /^(?:(?:internal|packages|apps|examples)\/[^/]+|bench)\//.test(to)
  if (from === undefined || from === SOURCES || !isPath || to.startsWith(`${from}/`))
    return undefined
  return to.startsWith('packages/')
    ? `${SOURCES} names what is used of its sources`
    : 'another package is imported by its name'
}

/** Packages form layers, and reach each other by name. */
const packageArrows: ImportRule = ({ path }, to) => {
  const [from, target] = [packageOf(path), packageOf(to)]
  if (from === undefined) return privateArrow(path, to)
  if (to.startsWith('internal/') || to.startsWith('@internal/')) return 'internal is not published'
  if (target === undefined || from === target) return undefined
  if (to.startsWith('packages/')) return 'another package is imported by its name'
  const arrows = NODE_FOLDERS[nodeFolderOf(path) ?? ''] ?? PACKAGE_ARROWS[from]
  return arrows?.includes(target) ? undefined : `${from} may not use ${target}`
}

const portable: ImportRule = ({ path }, to) =>
  (isBuiltin(to) || nodeFolderOf(to) !== undefined) &&
  WITHOUT_NODE.includes(packageOf(path) ?? '') &&
  nodeFolderOf(path) === undefined
    ? 'this package runs where there is no Node'
    : undefined

/** A barrel is for users of the package; inside, it hides what is used and loads the rest. */
const noBarrels: ImportRule = ({ path }, to) => {
  const atRoot = /^packages\/[^/]+\/src\/[^/]+$/.test(path)
  const fine = atRoot || BARREL_USERS.includes(path) || path.startsWith('internal/')
  return to.endsWith('/index.ts') && !fine ? 'import the leaf file' : undefined
}

/** What imports must keep to. */
export const IMPORT_RULES: Readonly<Record<string, ImportRule>> = {
  'folders of core import along the arrows': coreArrows,
  'packages import along the arrows': packageArrows,
  'portable packages import no Node module': portable,
  'no barrel is imported inside a package': noBarrels,
}
