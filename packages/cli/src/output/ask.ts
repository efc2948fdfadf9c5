import { readdirSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { isatty } from 'node:tty'

const STDIN = 0
const STDERR = 2
const CONTROL_C = '\u0003'
/** Turns of the event loop without a key: in each, the terminal is asked for what was typed. */
const QUIET_TURNS = 4

/** Whether somebody is there to be asked. */
export const canAsk = () => isatty(STDIN) && isatty(STDERR)

/**
 * Throws away what was typed before a question is asked: it answers something else.
 *
 * @returns whether to ask; an interrupt among what was typed is an answer.
 */
async function discardTyped(input: NodeJS.ReadStream): Promise<boolean> {
  let [quiet, isInterrupted] = [0, false]
  const discard = (typed: Buffer | string) => {
    quiet = 0
    isInterrupted ||= typed.includes(CONTROL_C)
  }
  // Otherwise the terminal keeps a line back until its end, and it would be read as the answer.
  input.setRawMode(true)
  input.on('data', discard)
  while (quiet < QUIET_TURNS) {
    quiet += 1
    await nextTurn()
  }
  input.off('data', discard)
  input.pause()
  input.setRawMode(false)
  return !isInterrupted
}

/** The files that a path which is being typed can become; folders end in a slash. */
export function completePath(typed: string): [completions: string[], typed: string] {
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1)
  const beginning = typed.slice(folder.length)
  try {
    const names = readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })
    const found = names.filter(
      ({ name }) => name.startsWith(beginning) && (beginning !== '' || !name.startsWith('.')),
    )
    return [
      found.map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`).toSorted(),
      typed,
    ]
  } catch {
    return [[], typed]
  }
}

/** How a question is asked. */
interface AskOptions {
  /** Whether only what is typed after the question appeared may answer it. */
  readonly isGrave?: boolean
  /** Whether the answer names a file, which the tab key completes. */
  readonly isFile?: boolean
}

/** Asks on standard error; `undefined` where there is no answer: interrupted, or the input ended. */
export async function ask(
  question: string,
  signal: AbortSignal,
  { isGrave = false, isFile = false }: AskOptions = {},
): Promise<string | undefined> {
  const { stdin } = process
  if (isGrave && stdin.isTTY && !(await discardTyped(stdin))) return undefined
  const lines = createInterface({
    input: stdin,
    output: process.stderr,
    ...(isFile ? { completer: completePath } : {}),
  })
  const left = new AbortController()
  lines.once('SIGINT', () => left.abort())
  lines.once('close', () => left.abort())
  try {
    return await lines.question(question, { signal: AbortSignal.any([signal, left.signal]) })
  } catch (error) {
    if (left.signal.aborted || signal.aborted) return undefined
    throw error
  } finally {
    lines.close()
  }
}

/** Whether an answer agrees; nothing, or anything else, does not. */
export const isYes = (answer: string | undefined): boolean =>
  /^\s*(?:y(?:es)?|是)\s*$/i.test(answer ?? '')
