import { isBuiltin } from 'node:module'

import {
  BARREL_USERS,
  CORE_ARROWS,
  CORE_EXCEPTIONS,
  NODE_FOLDERS,
  PACKAGE_ARROWS,
  WITHOUT_NODE,
} from './arrows.ts'
import type { SourceFile } from './source-file.ts'

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

/** Packages form layers, and reach each other by name. */
const packageArrows: ImportRule = ({ path }, to) => {
  const [from, target] = [packageOf(path), packageOf(to)]
  if (from === undefined) return undefined
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

/** What the imports of published sources must keep to. */
export const IMPORT_RULES: Readonly<Record<string, ImportRule>> = {
  'folders of core import along the arrows': coreArrows,
  'packages import along the arrows': packageArrows,
  'portable packages import no Node module': portable,
  'no barrel is imported inside a package': noBarrels,
}
