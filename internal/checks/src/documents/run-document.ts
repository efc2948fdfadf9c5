import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'

import { ROOT } from '@internal/testkit/repository'
import { startByCommand, type CommandSandbox } from '@internal/testkit/sandbox'

import { temporaryFolder } from '../pack/tarball.ts'

/** Commands of the documents that the check does not run, and why. */
export const NOT_RUN: readonly { readonly command: RegExp; readonly why: string }[] = [
  {
    command: /^npm install (?:--global |--save-dev )?@llpay\/\S+\s*(?:#.*)?$/,
    why: 'the packages are not on a registry yet; the check installers installs their tarballs',
  },
  { command: /^npm run pack\b/, why: 'the check installers runs it' },
  { command: /^npm start\b/, why: 'npm run replay runs it in a clean clone' },
  {
    command: /^npm run console\b/,
    why: 'it serves until it is stopped; the check browser drives the page',
  },
  {
    command: /^llpay notification (?:send|listen)\b/,
    why: 'one serves until it is stopped, the other needs it; the tests of the command line run both',
  },
  { command: /^npm test\b/, why: 'it is what runs this check' },
  { command: /^npm run check:all\b/, why: 'CI runs it after npm test' },
  { command: /^npm run bench\b/, why: 'it takes minutes; the check bench runs its short form' },
  { command: /^esbuild\b/, why: 'the check bundlers bundles an application so, and runs it' },
  { command: /\bwrangler\b/, why: 'it talks to Cloudflare' },
  {
    command: /^llpay card verify-bind .*--params - <<'JSON'\n\{\n {2}"token": "6C1F/,
    why: 'it needs the token of an application; the guide to binding runs both',
  },
]

/** A command as a reader would paste it, with the exit status that its comment announces. */
export interface Statement {
  readonly text: string
  readonly status: number
}

const HEREDOC = /<<-?'?(\w+)'?/
const STATUS = /#.*\bexit (\d+)\s*$/

/** Whether a command goes on in the next line. */
function isOpen(lines: readonly string[]): boolean {
  const last = lines.at(-1) ?? ''
  if (last.endsWith('\\')) return true
  const end = HEREDOC.exec(lines.join('\n'))?.[1]
  return end !== undefined && last !== end
}

/** Splits a block into commands: a backslash joins lines, and so does a here-document. */
export function shellStatements(code: string): Statement[] {
  const statements: Statement[] = []
  let open: string[] = []
  const close = () => {
    const [first] = open
    if (first === undefined) return
    statements.push({ text: open.join('\n'), status: Number(STATUS.exec(first)?.[1] ?? '0') })
    open = []
  }
  for (const line of code.trimEnd().split('\n')) {
    if (open.length === 0 && (line.trim() === '' || line.trim().startsWith('#'))) continue
    open.push(line)
    if (!isOpen(open)) close()
  }
  close()
  return statements
}

/** Where commands are run. */
export interface Place {
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** How a command ended. */
export interface Ending {
  readonly status: number | null
  readonly output: string
}

/** Runs one command in bash, with nothing on its standard input. */
async function runInShell(command: string, { folder, env }: Place): Promise<Ending> {
  const child = spawn('bash', ['-c', command], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const status = new Promise<number | null>((resolve) => {
    child.once('close', resolve)
  })
  const [code, stdout, stderr] = await Promise.all([
    status,
    textOf(child.stdout),
    textOf(child.stderr),
  ])
  return { status: code, output: stdout + stderr }
}

/** Starts a sandbox by the line of a document, and waits until it listens. */
export function startSandbox(command: string, { folder, env }: Place): Promise<CommandSandbox> {
  const [line = ''] = command.split('#')
  // Documents are checked beside each other: the default port would be taken.
  const script = `exec ${line.trim()} --port 0 --json`
  return startByCommand(['bash', '-c', script], { cwd: folder, env })
}

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
  const sandboxes: CommandSandbox[] = []
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
