import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** The settings of a program that unbinds one card. */
export type Settings = Readonly<Record<string, string>>

/** Runs a program to its end, and gives what it printed. */
export async function runProgram(
  [file, ...args]: readonly [string, ...string[]],
  cwd: string,
  settings: Settings,
): Promise<string> {
  const { stdout } = await promisify(execFile)(file, args, {
    cwd,
    env: { ...process.env, ...settings },
  })
  return stdout.trim()
}
