import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Plugin } from 'vite'

const FOLDER = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/

/** The terms of a package, as they must go with its code. */
function termsOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
  if (file === undefined) throw new Error(`${name} has no licence file, and cannot be bundled`)
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
}

/** Writes the terms of everything that the build contains beside it, into NOTICE. */
export const writeNotice = (): Plugin => ({
  name: 'notice',
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap((part) =>
      part.type === 'chunk' ? part.moduleIds : [],
    )
    const folders = modules.flatMap((id) => FOLDER.exec(id)?.[0] ?? [])
    const terms = Array.from(new Set(folders), termsOf).toSorted()
    const rule = `\n${'-'.repeat(72)}\n\n`
    this.emitFile({
      type: 'asset',
      fileName: 'NOTICE',
      source: ['The console of the sandbox contains code of these packages.\n', ...terms].join(
        rule,
      ),
    })
  },
})
