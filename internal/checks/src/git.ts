import { spawnSync } from 'node:child_process'

import { ROOT } from './repository.ts'

/** What git replies, or undefined where there is no git, no repository or no such thing in it. */
export function askGit(...args: string[]): string | undefined {
  // A checkout in a container often belongs to another user; reading it is harmless.
  const { status, stdout } = spawnSync('git', ['-c', 'safe.directory=*', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  return status === 0 ? stdout : undefined
}
