import { quoteShell } from './quote.ts'

/** Writes variables as shell exports. */
export function writeExports(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `export ${name}=${quoteShell(value)}`)
    .join('\n')
}

/** Writes variables as assignments in front of one command. */
export function writeAssignments(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}=${quoteShell(value)} \\\n`)
    .join('')
}
