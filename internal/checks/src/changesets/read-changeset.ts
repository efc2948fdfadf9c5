/** What a changeset file holds. */
export interface Changeset {
  readonly names: readonly string[]
  readonly summary: string
}

const FILE = /^---\n(?<header>[^]*?)\n?---\n(?<summary>[^]*)$/
const RELEASE = /^['"]?(?<name>@?[\w./-]+)['"]?: (?:major|minor|patch)$/

/** Reads a changeset; a file that is none names no package. */
export function readChangeset(text: string): Changeset {
  const { header = '', summary = '' } = FILE.exec(text.replaceAll('\r\n', '\n'))?.groups ?? {}
  const names = header.split('\n').flatMap((line) => RELEASE.exec(line)?.groups?.['name'] ?? [])
  return { names, summary: summary.trim() }
}
