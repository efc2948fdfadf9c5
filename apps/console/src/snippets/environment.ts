import { quoteShell } from './quote.ts'

/** Writes variables as a shell takes them. */
export function writeExports(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `export ${name}=${quoteShell(value)}`)
    .join('\n')
}

/** Writes variables for one command, in front of it. */
export function writeAssignments(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}=${quoteShell(value)} \\\n`)
    .join('')
}
