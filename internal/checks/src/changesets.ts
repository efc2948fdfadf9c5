import { spawnSync } from 'node:child_process'

import { report } from '@internal/testkit/report'
import { askGit, ROOT } from '@internal/testkit/repository'

/** Asks changesets itself whether what changed since the main branch has a changeset. */
export function changesetStatus(): string[] {
  if (askGit('merge-base', 'main', 'HEAD') === undefined) {
    console.log('Not compared: this copy is shallow, detached or no repository, without main.')
    return []
  }
  const changed = askGit('diff', '--name-only', 'main...HEAD') ?? ''
  if (changed.includes('CHANGELOG.md')) {
    console.log('Not asked: this branch applies the changesets.')
    return []
  }
  // Without --since every pending changeset counts, not only those that this branch brings.
  const { error, status, stderr, stdout } = spawnSync('changeset', ['status'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  return status === 0 ? [] : [`${error?.message ?? ''}${stdout}${stderr}`.trim()]
}

await report('changesets', [{ name: 'changeset status', ask: changesetStatus }])
