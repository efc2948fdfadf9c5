import { delimiter, join } from 'node:path'

import { temporaryFolder } from '../pack/temporary-folder.ts'
import { ROOT } from '../repository.ts'
import { NOT_RUN } from './not-run.ts'
import { runInShell, type Place } from './run-in-shell.ts'
import { startSandbox, type RunningSandbox } from './sandbox.ts'
import type { Statement } from './shell-statements.ts'

/** A user's environment, with nothing of the real one that llpay would read. */
function cleanEnvironment(folder: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('LLPAY_'))
  const path = [join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(delimiter)
  return { ...Object.fromEntries(own), PATH: path, HOME: folder, XDG_CONFIG_HOME: folder }
}

const shown = (command: string) => command.split('\n')[0] ?? ''

/**
 * Runs the commands of a document one after another in an empty folder, as a reader would. A sandbox
 * is started where the document says so, and else before the first command that calls one.
 *
 * @returns what did not end as the document says, and what was not run.
 */
export async function runDocument(
  statements: readonly Statement[],
): Promise<{ readonly problems: string[]; readonly skipped: string[] }> {
  const folder = temporaryFolder('document')
  const place: Place = { folder, env: cleanEnvironment(folder) }
  const problems: string[] = []
  const skipped: string[] = []
  const sandboxes: RunningSandbox[] = []
  const start = async (command: string) => {
    await sandboxes.pop()?.stop()
    sandboxes.push(await startSandbox(command, place))
  }
  try {
    for (const { text, status } of statements) {
      const reason = NOT_RUN.find(({ command }) => command.test(text))
      if (reason !== undefined) {
        skipped.push(text)
        continue
      }
      if (/^llpay sandbox(?: +--|\s*(?:#|$))/.test(text)) {
        await start(text)
        continue
      }
      if (sandboxes.length === 0 && /\bllpay\b/.test(text)) await start('llpay sandbox')
      const env = { ...place.env, ...sandboxes[0]?.environment }
      const ending = await runInShell(text, { folder, env })
      if (ending.status === status) continue
      problems.push(
        `${shown(text)}: exit ${ending.status} where ${status} was expected\n${ending.output}`,
      )
    }
  } finally {
    for (const sandbox of sandboxes) await sandbox.stop()
  }
  return { problems, skipped }
}
