import { existsSync, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where Debian keeps the programs of PostgreSQL, of every version that is installed. */
const POSTGRES = '/usr/lib/postgresql/*/bin'

/** Finds a program, also where it is not on the path; nothing where it is not installed. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...globSync(POSTGRES)]
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}
