import { spawnSync } from 'node:child_process'

/** How a tool ended, and what it printed. */
export interface ToolResult {
  readonly ok: boolean
  readonly exitCode: number | null
  readonly output: string
}

/** Runs a tool to its end. */
export function runTool(
  [file, ...args]: readonly [string, ...string[]],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): ToolResult {
  const { error, status, stderr, stdout } = spawnSync(file, args, {
    cwd,
    env,
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 2 ** 26,
  })
  const output = [error?.message, stdout, stderr].filter((text) => text).join('\n')
  return { ok: status === 0, exitCode: status, output: output.trim() }
}
