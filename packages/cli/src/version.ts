import { readFileSync } from 'node:fs'

const VERSION = /"version": *"([^"]+)"/

/** The version of this package. */
export function readVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return VERSION.exec(manifest)?.[1] ?? '0.0.0'
}
